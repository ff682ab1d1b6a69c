/** Fetches photographs out of prison records where a person asked for one. */
@org.jspecify.annotations.NullMarked
package sallyport.routes.photointake;
