/** Tells people of alerts. */
@org.jspecify.annotations.NullMarked
package sallyport.routes.alert;
