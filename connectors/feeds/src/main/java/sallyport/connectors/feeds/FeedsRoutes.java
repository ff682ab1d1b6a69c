package sallyport.connectors.feeds;

import org.apache.camel.builder.RouteBuilder;

/** The verb of the regional queues: an {@code Outbound} for a team in, an {@code Accepted} once the broker has stored it. */
final class FeedsRoutes extends RouteBuilder {

    private final FeedPublisher publisher;

    FeedsRoutes(FeedPublisher publisher) {
        this.publisher = publisher;
    }

    @Override
    public void configure() {
        from("direct:feeds-publish")
                .routeId("feeds-publish")
                .description("Stores one case event in a regional team's queue")
                .process(publisher)
                .id("feeds-publish-send");
    }
}
