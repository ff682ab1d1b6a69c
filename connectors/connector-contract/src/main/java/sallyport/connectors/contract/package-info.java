/** The tests that every connector passes, and the hostile servers they need. */
@org.jspecify.annotations.NullMarked
package sallyport.connectors.contract;
