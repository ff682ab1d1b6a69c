package sallyport.routes.prisondocument;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.springframework.stereotype.Component;

/** What documents the prisons hold about a person of a case, and the one that somebody chose, out of the service into the case. */
@Component
final class PrisonDocumentRoutes extends RouteBuilder {

    private final PrisonDocuments documents;

    PrisonDocumentRoutes(PrisonDocuments documents) {
        this.documents = documents;
    }

    @Override
    public void configure() {
        from("ledger:prison-document-search")
                .routeId("prison-document-search")
                .description(
                        "Asks what documents the prisons hold about somebody in a case, where a person wants to know")
                .setProperty(PrisonDocuments.WORK, body())
                .bean(documents, "queries")
                .split(body(), new GroupedBodyAggregationStrategy())
                .stopOnException()
                .to("direct:hmpps-documents-search")
                .end()
                .bean(documents, "listed");

        from("ledger:prison-document-take")
                .routeId("prison-document-take")
                .description(
                        "Takes the document that a person chose, compares its hash and has it scanned like any document")
                // Caching would read the file into memory or onto the disk.
                .streamCache("false")
                .setProperty(PrisonDocuments.WORK, body())
                .bean(documents, "wanted")
                .split(body(), new GroupedBodyAggregationStrategy())
                .stopOnException()
                .to("direct:hmpps-documents-metadata")
                .end()
                .bean(documents, "files")
                .split(body(), new GroupedBodyAggregationStrategy())
                .stopOnException()
                .to("direct:hmpps-documents-file")
                .end()
                .bean(documents, "keep");
    }
}
