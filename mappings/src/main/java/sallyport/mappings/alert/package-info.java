/** Alerts, as programs and people are told of them. */
@org.jspecify.annotations.NullMarked
package sallyport.mappings.alert;
