package sallyport.connectors.prison.prisonersearch;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.web.util.UriComponentsBuilder;
import sallyport.connectors.wire.BodyCall;
import sallyport.connectors.wire.EdgeHeaders;
import sallyport.connectors.wire.Fetched;
import sallyport.connectors.wire.OneShotHttp;
import sallyport.connectors.wire.PathSegment;
import sallyport.connectors.wire.PlainArray;

/** What can be asked of prisoner search; the only place that knows its addresses. */
final class PrisonerSearchRoutes extends RouteBuilder {

    /** What a package or a check of identity needs. The source holds twice as much, and what is not asked for cannot leak. */
    private static final List<String> FIELDS = List.of(
            "prisonerNumber",
            "pncNumber",
            "pncNumberCanonicalShort",
            "pncNumberCanonicalLong",
            "croNumber",
            "bookingId",
            "bookNumber",
            "title",
            "firstName",
            "middleNames",
            "lastName",
            "dateOfBirth",
            "gender",
            "ethnicity",
            "raceCode",
            "nationality",
            "youthOffender",
            "languages",
            "status",
            "inOutStatus",
            "prisonId",
            "prisonName",
            "lastPrisonId",
            "cellLocation",
            "locationDescription",
            "aliases",
            "identifiers",
            "alerts",
            "csra",
            "category",
            "legalStatus",
            "imprisonmentStatus",
            "imprisonmentStatusDescription",
            "convictedStatus",
            "mostSeriousOffence",
            "recall",
            "receptionDate",
            "indeterminateSentence",
            "sentenceStartDate",
            "releaseDate",
            "confirmedReleaseDate",
            "sentenceExpiryDate",
            "licenceExpiryDate",
            "conditionalReleaseDate",
            "automaticReleaseDate",
            "postRecallReleaseDate",
            "paroleEligibilityDate",
            "homeDetentionCurfewEligibilityDate",
            "homeDetentionCurfewActualDate",
            "tariffDate",
            "restrictedPatient",
            "currentFacialImageId");

    private final URI address;
    private final int batchSize;
    private final OneShotHttp http;
    private final PrisonerSearchHealth health;
    private final Clock clock;

    PrisonerSearchRoutes(
            PrisonerSearchProperties properties, OneShotHttp http, PrisonerSearchHealth health, Clock clock) {
        this.address = UriComponentsBuilder.fromUri(properties.url())
                .path("/prisoner-search/prisoner-numbers")
                .queryParam("responseFields", String.join(",", FIELDS))
                .build()
                .toUri();
        this.batchSize = properties.batchSize();
        this.http = http;
        this.health = health;
        this.clock = clock;
    }

    @Override
    public void configure() {
        from("direct:prisoner-search-by-numbers")
                .routeId("prisoner-search-by-numbers")
                .description("Fetches who the prisoners with these numbers are; numbers nobody knows are left out.")
                .process(EdgeHeaders.none())
                .process(BodyCall.of(Collection.class, this::byNumbers));
    }

    /** One bad number stops the call before anything is asked: silently leaving it out would look like "unknown". */
    private List<Fetched> byNumbers(Collection<?> numbers) {
        List<String> wanted = numbers.stream()
                .map(number -> PathSegment.prisonerNumber(String.valueOf(number)))
                .distinct()
                .toList();
        return health.observe(() -> {
            List<Fetched> answers = new ArrayList<>();
            for (int from = 0; from < wanted.size(); from += batchSize) {
                answers.add(batch(wanted.subList(from, Math.min(from + batchSize, wanted.size()))));
            }
            return List.copyOf(answers);
        });
    }

    private Fetched batch(List<String> numbers) {
        ObjectNode question = JsonNodeFactory.instance.objectNode();
        ArrayNode wanted = question.putArray("prisonerNumbers");
        numbers.forEach(wanted::add);
        byte[] people = PlainArray.checked(PrisonerSearchFaults.check(
                        http.query(address, question.toString().getBytes(UTF_8)))
                .body());
        return Fetched.found(people, address, clock.instant());
    }
}
