package sallyport.connectors.prison.casenotes;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.TreeMap;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.web.util.UriComponentsBuilder;
import sallyport.connectors.wire.Answer;
import sallyport.connectors.wire.BodyCall;
import sallyport.connectors.wire.EdgeHeaders;
import sallyport.connectors.wire.Fetched;
import sallyport.connectors.wire.MetadataPage;
import sallyport.connectors.wire.OneShotHttp;
import sallyport.connectors.wire.Page;
import sallyport.connectors.wire.PathSegment;

/** What can be asked of case notes; the only place that knows its addresses. */
final class CaseNotesRoutes extends RouteBuilder {

    private final CaseNotesProperties properties;
    private final OneShotHttp http;
    private final CaseNotesHealth health;
    private final Clock clock;

    CaseNotesRoutes(CaseNotesProperties properties, OneShotHttp http, CaseNotesHealth health, Clock clock) {
        this.properties = properties;
        this.http = http;
        this.health = health;
        this.clock = clock;
    }

    @Override
    public void configure() {
        from("direct:case-notes-search")
                .routeId("case-notes-search")
                .description("Fetches the case notes of one prisoner in a window of time, by type.")
                .process(EdgeHeaders.none())
                .process(BodyCall.of(CaseNoteQuery.class, this::search));
    }

    private List<Fetched> search(CaseNoteQuery query) {
        URI address = UriComponentsBuilder.fromUri(properties.url())
                .path("/search/case-notes/{prisonerNumber}")
                .build(PathSegment.prisonerNumber(query.prisonerNumber()));
        return health.observe(() -> {
            Answer first = ask(address, query, MetadataPage.FIRST);
            if (CaseNotesFaults.gone(first)) {
                return List.of(Fetched.gone(address, clock.instant()));
            }
            return Page.all(
                    MetadataPage.FIRST,
                    properties.maxPages(),
                    number -> page(address, number == MetadataPage.FIRST ? first : ask(address, query, number)),
                    page -> MetadataPage.read(page.raw()),
                    // The contract has no order that decides between notes of one moment.
                    "caseNoteId");
        });
    }

    private Fetched page(URI address, Answer answer) {
        return Fetched.found(CaseNotesFaults.check(answer).body(), address, clock.instant());
    }

    private Answer ask(URI address, CaseNoteQuery query, int page) {
        return http.query(address, body(query, page).toString().getBytes(UTF_8));
    }

    /** Every field that the contract calls required is sent, {@code includeSensitive} first: it has no default. */
    private ObjectNode body(CaseNoteQuery query, int page) {
        LondonWindow window = LondonWindow.of(query.from(), query.to());
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("includeSensitive", query.includeSensitive());
        ArrayNode types = body.putArray("typeSubTypes");
        new TreeMap<>(query.types()).forEach((type, subTypes) -> {
            ArrayNode wanted = types.addObject().put("type", type).putArray("subTypes");
            subTypes.forEach(wanted::add);
        });
        body.put("occurredFrom", DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(window.from()));
        body.put("occurredTo", DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(window.to()));
        body.put("page", page);
        body.put("size", properties.pageSize());
        body.put("sort", "occurredAt,desc");
        return body;
    }
}
