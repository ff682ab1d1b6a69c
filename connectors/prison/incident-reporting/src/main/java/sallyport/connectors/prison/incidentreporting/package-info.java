/** Incident reports: one with everything in it, and which have changed. */
@org.jspecify.annotations.NullMarked
package sallyport.connectors.prison.incidentreporting;
