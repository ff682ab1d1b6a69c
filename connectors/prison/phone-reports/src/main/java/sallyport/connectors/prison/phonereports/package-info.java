/** Reads telephone reports from a mailbox. */
@org.jspecify.annotations.NullMarked
package sallyport.connectors.prison.phonereports;
