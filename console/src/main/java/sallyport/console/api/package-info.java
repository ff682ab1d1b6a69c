/** The admin REST API, /api/v1. */
@org.jspecify.annotations.NullMarked
package sallyport.console.api;
