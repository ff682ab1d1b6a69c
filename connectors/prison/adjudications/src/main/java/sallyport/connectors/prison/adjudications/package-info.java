/** All adjudications of one prisoner, from every prison. */
@org.jspecify.annotations.NullMarked
package sallyport.connectors.prison.adjudications;
