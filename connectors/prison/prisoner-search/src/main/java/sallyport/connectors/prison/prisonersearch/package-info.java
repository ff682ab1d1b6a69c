/** Who the prisoners with these numbers are, today. */
@org.jspecify.annotations.NullMarked
package sallyport.connectors.prison.prisonersearch;
