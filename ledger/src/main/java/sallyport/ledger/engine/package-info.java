/** The machinery behind {@link sallyport.ledger}: who claims what, how results are written, and what keeps it honest. */
@org.jspecify.annotations.NullMarked
package sallyport.ledger.engine;
