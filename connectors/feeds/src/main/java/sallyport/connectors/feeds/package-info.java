/** The regional teams' queues on the broker: one durable queue for each team, each event stored there once. */
@org.jspecify.annotations.NullMarked
package sallyport.connectors.feeds;
