/** Which receipts are awaited of which force, and by when. */
@org.jspecify.annotations.NullMarked
package sallyport.routes.receipts;
