/** Sending again, as a job: what is selected, what it would do, who says so, and what became of each item. */
@org.jspecify.annotations.NullMarked
package sallyport.ledger.replay;
