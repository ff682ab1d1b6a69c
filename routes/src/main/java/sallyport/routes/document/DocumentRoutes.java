package sallyport.routes.document;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** A document that people added is scanned; until it is found clean nobody gets it and no package names it. */
@Component
final class DocumentRoutes extends RouteBuilder {

    private final Scanning scanning;

    DocumentRoutes(Scanning scanning) {
        this.scanning = scanning;
    }

    @Override
    public void configure() {
        from("ledger:document-scan")
                .routeId("document-scan")
                .description("Has a document that people added scanned for viruses, and keeps the verdict")
                // Caching would read the document into memory or onto the disk.
                .streamCache("false")
                .setProperty(Scanning.WORK, body())
                .choice()
                .when(scanning::waits)
                .bean(scanning, "open")
                .to("direct:clamav-scan")
                .bean(scanning, "judged")
                .otherwise()
                .bean(scanning, "nothingToDo")
                .end();
    }
}
