/** The running routes, as far as the console needs them. */
@org.jspecify.annotations.NullMarked
package sallyport.console.camel;
