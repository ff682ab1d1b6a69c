package sallyport.connectors.tracker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.regex.Pattern;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import sallyport.connectors.wire.Accepted;
import sallyport.connectors.wire.Answer;
import sallyport.connectors.wire.BodyCall;
import sallyport.connectors.wire.CallHealth;
import sallyport.connectors.wire.EdgeHeaders;
import sallyport.connectors.wire.Json;
import sallyport.connectors.wire.OneShotHttp;
import sallyport.connectors.wire.Outbound;
import sallyport.mappings.Rejected;

/**
 * The verb of the tracker: an {@code Outbound} with the hub's columns of one case's row in, an {@code Accepted} once the
 * tracker holds them; the prisons' columns are never touched, and what cannot be merged is {@code Rejected(tracker-conflict)}.
 */
final class TrackerRoutes extends RouteBuilder {

    private static final int TRIES = 2;
    private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,49}");

    private final URI tracker;
    private final OneShotHttp http;
    private final CallHealth health;

    TrackerRoutes(URI tracker, OneShotHttp http, CallHealth health) {
        this.tracker = tracker;
        this.http = http;
        this.health = health;
    }

    @Override
    public void configure() {
        from("direct:tracker-put")
                .routeId("tracker-put")
                .description("Writes the hub's columns of a case into the referral tracker")
                .process(EdgeHeaders.none())
                .process(BodyCall.of(Outbound.class, this::put))
                .id("tracker-put-write");
    }

    private Accepted put(Outbound outbound) {
        if (!REFERENCE.matcher(outbound.resource()).matches()) {
            throw new Rejected("invalid-case-reference", "/resource");
        }
        return health.observe(() -> merge(outbound));
    }

    private Accepted merge(Outbound outbound) {
        URI address = URI.create(tracker.toString().replaceFirst("/$", "") + "/referrals/" + outbound.resource());
        for (int attempt = 0; attempt < TRIES; attempt++) {
            Answer read = http.get(address);
            Answer written;
            if (TrackerFaults.found(read)) {
                StoredRow row = StoredRow.of(read);
                ObjectNode hub = hubColumns(outbound);
                if (row.has(hub)) {
                    return new Accepted("unchanged", read.body(), true);
                }
                if (row.isNewerThan(hub)) {
                    return new Accepted("superseded", read.body(), true);
                }
                written = write(address, outbound, HttpHeaders.IF_MATCH, row.etag(), row.withHubColumns(hub));
            } else {
                written = write(address, outbound, HttpHeaders.IF_NONE_MATCH, "*", outbound.bytes());
            }
            if (written.status() != TrackerFaults.CONFLICT) {
                return TrackerFaults.written(written);
            }
        }
        throw TrackerFaults.conflict();
    }

    private static ObjectNode hubColumns(Outbound outbound) {
        JsonNode columns = Json.read(outbound.bytes());
        if (columns instanceof ObjectNode hub) {
            return hub;
        }
        throw new Rejected("schema-invalid", "/");
    }

    private Answer write(URI address, Outbound outbound, String condition, String version, byte[] row) {
        return http.write(
                HttpMethod.PUT,
                address,
                headers -> {
                    headers.set(HttpHeaders.CONTENT_TYPE, outbound.contentType());
                    headers.set(HttpHeaders.ACCEPT, "application/json");
                    headers.set(condition, version);
                },
                row);
    }
}
