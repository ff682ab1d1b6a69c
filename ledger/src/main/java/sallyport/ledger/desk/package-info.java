/** The read model: what people see of the ledger, always cut to their scope in the query itself, and the words they speak to it. */
@org.jspecify.annotations.NullMarked
package sallyport.ledger.desk;
