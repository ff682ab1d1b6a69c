@org.jspecify.annotations.NullMarked
package sallyport.ledger.retention;
