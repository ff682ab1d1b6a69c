/** Tokens for the prison systems: one client, one token at a time. */
@org.jspecify.annotations.NullMarked
package sallyport.connectors.prison.hmppsauth;
