/** What a failure is and what follows from it, decided once. */
@org.jspecify.annotations.NullMarked
package sallyport.routes.failure;
