package sallyport.routes.photointake;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.springframework.stereotype.Component;

/** A photograph that a person asked for, out of prison records into the documents of the case. */
@Component
final class PhotoIntakeRoutes extends RouteBuilder {

    private final Photos photos;

    PhotoIntakeRoutes(Photos photos) {
        this.photos = photos;
    }

    @Override
    public void configure() {
        from("ledger:photo-request")
                .routeId("photo-intake-fetch")
                .description("Fetches a photograph that a person asked for and has it scanned like any document")
                .setProperty(Photos.WORK, body())
                .bean(photos, "people")
                .to("direct:prisoner-search-by-numbers")
                .bean(photos, "images")
                .split(body(), new GroupedBodyAggregationStrategy())
                .stopOnException()
                .to("direct:prison-api-image")
                .end()
                .bean(photos, "keep");
    }
}
