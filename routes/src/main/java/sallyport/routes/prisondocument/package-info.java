/** Takes documents out of the prisons' document service where a person chose them. */
@org.jspecify.annotations.NullMarked
package sallyport.routes.prisondocument;
