/** Has documents scanned before they may be used. */
@org.jspecify.annotations.NullMarked
package sallyport.routes.document;
