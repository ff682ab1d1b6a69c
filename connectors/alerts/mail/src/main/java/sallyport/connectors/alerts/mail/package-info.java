/** Tells people of alerts by e-mail. */
@org.jspecify.annotations.NullMarked
package sallyport.connectors.alerts.mail;
