/** Photographs of prisoners, out of NOMIS. */
@org.jspecify.annotations.NullMarked
package sallyport.connectors.prison.prisonapi;
