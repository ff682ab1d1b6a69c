/** Case notes of one prisoner in a window of time. */
@org.jspecify.annotations.NullMarked
package sallyport.connectors.prison.casenotes;
