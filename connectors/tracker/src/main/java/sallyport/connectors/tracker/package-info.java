/** The police referral tracker: one row for each case, whose columns the hub and the prisons own together. */
@org.jspecify.annotations.NullMarked
package sallyport.connectors.tracker;
