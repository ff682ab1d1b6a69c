/** Domain events of the prison systems, from their queue. */
@org.jspecify.annotations.NullMarked
package sallyport.connectors.prison.domainevents;
