@org.jspecify.annotations.NullMarked
package sallyport.connectors.alerts.mail;
