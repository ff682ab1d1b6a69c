/** What a person sees: pages over the ledger and the running routes, and the admin REST API. Flows carry out what is asked for here. */
@org.jspecify.annotations.NullMarked
package sallyport.console;
