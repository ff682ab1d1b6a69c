package sallyport.connectors.prison.documents;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.util.UriComponentsBuilder;
import sallyport.connectors.wire.Answer;
import sallyport.connectors.wire.BodyCall;
import sallyport.connectors.wire.EdgeHeaders;
import sallyport.connectors.wire.Fetched;
import sallyport.connectors.wire.Json;
import sallyport.connectors.wire.OneShotHttp;
import sallyport.connectors.wire.Page;
import sallyport.connectors.wire.PathSegment;
import sallyport.connectors.wire.ResultsPage;

/** What can be asked of the document service; the only place that knows its addresses and headers. */
final class DocumentsRoutes extends RouteBuilder {

    private static final String SERVICE_NAME = "Service-Name";

    private final DocumentsProperties properties;
    private final OneShotHttp http;
    private final OneShotHttp files;
    private final DocumentsHealth health;
    private final Clock clock;

    DocumentsRoutes(
            DocumentsProperties properties, OneShotHttp http, OneShotHttp files, DocumentsHealth health, Clock clock) {
        this.properties = properties;
        this.http = http;
        this.files = files;
        this.health = health;
        this.clock = clock;
    }

    @Override
    public void configure() {
        from("direct:hmpps-documents-search")
                .routeId("hmpps-documents-search")
                .description("Lists the documents of one type about one prisoner")
                .process(EdgeHeaders.none())
                .process(BodyCall.of(DocumentQuery.class, this::search));
        from("direct:hmpps-documents-metadata")
                .routeId("hmpps-documents-metadata")
                .description("Fetches what the document service says of one document")
                .process(EdgeHeaders.none())
                .process(BodyCall.of(String.class, this::metadata));
        from("direct:hmpps-documents-file")
                .routeId("hmpps-documents-file")
                .description("Hands on the file of one document while it comes")
                .streamCache("false")
                .process(EdgeHeaders.none())
                .process(BodyCall.of(DocumentFile.class, this::file));
    }

    private List<Fetched> search(DocumentQuery query) {
        URI address = UriComponentsBuilder.fromUri(properties.url())
                .path("/documents/search")
                .build()
                .toUri();
        return health.observe(() -> Page.all(
                ResultsPage.FIRST,
                properties.maxPages(),
                number -> page(address, query, number),
                page -> ResultsPage.read(page.raw()),
                "documentUuid"));
    }

    private Fetched page(URI address, DocumentQuery query, int number) {
        Answer answer = http.read(
                HttpMethod.POST, address, json(), body(query, number).toString().getBytes(UTF_8));
        return Fetched.found(DocumentsFaults.checkSearch(answer).body(), address, clock.instant());
    }

    private ObjectNode body(DocumentQuery query, int page) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("documentType", query.type());
        body.putObject("metadata").put(properties.personField(), PathSegment.prisonerNumber(query.prisonerNumber()));
        body.put("page", page);
        body.put("pageSize", properties.pageSize());
        return body;
    }

    private Fetched metadata(String uuid) {
        URI address = address("/documents/{uuid}", uuid);
        return health.observe(() -> {
            Answer answer = http.read(HttpMethod.GET, address, json(), null);
            return DocumentsFaults.gone(answer)
                    ? Fetched.gone(address, clock.instant())
                    : Fetched.found(
                            Json.wellFormed(DocumentsFaults.check(answer).body(), JsonToken.START_OBJECT),
                            address,
                            clock.instant());
        });
    }

    private Object file(DocumentFile file) {
        URI address = address("/documents/{uuid}/file", file.uuid());
        return health.observe(() -> files.stream(address, any(), (answer, bytes) -> {
            if (DocumentsFaults.gone(answer)) {
                return new NoFile();
            }
            DocumentsFaults.check(answer);
            return file.reader().apply(bytes);
        }));
    }

    private URI address(String path, String uuid) {
        return UriComponentsBuilder.fromUri(properties.url()).path(path).build(PathSegment.uuid(uuid));
    }

    private Consumer<HttpHeaders> json() {
        return headers -> {
            headers.set(SERVICE_NAME, properties.serviceName());
            headers.set(HttpHeaders.ACCEPT, "application/json");
            headers.set(HttpHeaders.CONTENT_TYPE, "application/json");
        };
    }

    /** The service says that it gives PDF and gives what was stored: whoever asks for less gets a 406. */
    private Consumer<HttpHeaders> any() {
        return headers -> {
            headers.set(SERVICE_NAME, properties.serviceName());
            headers.set(HttpHeaders.ACCEPT, "*/*");
        };
    }
}
