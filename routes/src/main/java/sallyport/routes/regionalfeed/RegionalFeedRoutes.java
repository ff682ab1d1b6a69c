package sallyport.routes.regionalfeed;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;
import sallyport.routes.Outgoing;

/** Publishes case events to the regional teams' queues. */
@Component
final class RegionalFeedRoutes extends RouteBuilder {

    private final Feeds feeds;
    private final Outgoing outgoing;

    RegionalFeedRoutes(Feeds feeds, Outgoing outgoing) {
        this.feeds = feeds;
        this.outgoing = outgoing;
    }

    @Override
    public void configure() {
        from("ledger:lanes/feed")
                .routeId("regional-feed-publish")
                .description("Publishes a case event to a regional team's queue")
                .bean(outgoing, "outbound")
                .to("direct:feeds-publish")
                .bean(feeds, "accepted");
    }
}
