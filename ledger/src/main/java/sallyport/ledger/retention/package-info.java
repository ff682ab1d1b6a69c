/** What is kept for how long: policies, the purge that keeps them, and the certificates it leaves (I9). */
@org.jspecify.annotations.NullMarked
package sallyport.ledger.retention;
