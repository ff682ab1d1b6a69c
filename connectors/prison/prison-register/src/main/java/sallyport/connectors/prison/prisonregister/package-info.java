/** The register of prisons. */
@org.jspecify.annotations.NullMarked
package sallyport.connectors.prison.prisonregister;
