package sallyport.routes.regionalfeed;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** Publishes case events to the regional teams' queues. */
@Component
final class RegionalFeedRoutes extends RouteBuilder {

    private final Feeds feeds;

    RegionalFeedRoutes(Feeds feeds) {
        this.feeds = feeds;
    }

    @Override
    public void configure() {
        from("ledger:lanes/feed")
                .routeId("regional-feed-publish")
                .description("Publishes a case event to a regional team's queue")
                .bean(feeds, "outbound")
                .to("direct:feeds-publish")
                .bean(feeds, "accepted");
    }
}
