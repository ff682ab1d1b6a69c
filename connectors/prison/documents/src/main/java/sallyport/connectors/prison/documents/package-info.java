/** Documents that the prisons keep in the HMPPS document service. */
@org.jspecify.annotations.NullMarked
package sallyport.connectors.prison.documents;
