/** All alerts of one prisoner, or those with certain codes. */
@org.jspecify.annotations.NullMarked
package sallyport.connectors.prison.prisoneralerts;
