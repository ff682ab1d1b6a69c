/** Tells people of alerts by an HTTP POST to a service that they watch. */
@org.jspecify.annotations.NullMarked
package sallyport.connectors.alerts.webhook;
