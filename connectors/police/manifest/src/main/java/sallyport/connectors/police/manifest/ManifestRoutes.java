package sallyport.connectors.police.manifest;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.http.HttpMethod;
import sallyport.connectors.police.forces.Force;
import sallyport.connectors.police.forces.Forces;
import sallyport.connectors.police.forces.ForcesHealth;
import sallyport.connectors.police.forces.ManifestEndpoint;
import sallyport.connectors.wire.Accepted;
import sallyport.connectors.wire.BodyCall;
import sallyport.connectors.wire.EdgeHeaders;
import sallyport.connectors.wire.HttpFaults;
import sallyport.connectors.wire.OneShotHttp;
import sallyport.connectors.wire.Outbound;
import sallyport.connectors.wire.Unavailable;
import sallyport.connectors.wire.Unknown;
import sallyport.mappings.Rejected;
import sallyport.mappings.canonical.Sha256;
import sallyport.mappings.police.ForceManifest;

/** What can be asked of a force's manifest; the only place that knows its addresses and its signature. */
final class ManifestRoutes extends RouteBuilder {

    private static final ZoneId LONDON = ZoneId.of("Europe/London");

    private final Forces forces;
    private final OneShotHttp http;
    private final ManifestProperties properties;
    private final ForcesHealth health;
    private final Clock clock;

    ManifestRoutes(Forces forces, OneShotHttp http, ManifestProperties properties, ForcesHealth health, Clock clock) {
        this.forces = forces;
        this.http = http;
        this.properties = properties;
        this.health = health;
        this.clock = clock;
    }

    @Override
    public void configure() {
        from("direct:manifest-of-force")
                .routeId("manifest-of-force")
                .description("Reads a force's signed manifest of what it received on a day")
                .process(EdgeHeaders.none())
                .process(BodyCall.of(ManifestOf.class, this::manifest));

        from("direct:manifest-ask")
                .routeId("manifest-ask")
                .description("Asks a force's manifest whether it has a message whose sending had no answer")
                .process(EdgeHeaders.none())
                .process(BodyCall.of(Outbound.class, this::ask));
    }

    private SignedManifest manifest(ManifestOf wanted) {
        if (wanted.day().isAfter(today())) {
            throw new Rejected("future-day", "/day");
        }
        return read(wanted);
    }

    /** A message of the last two days: what a force received before midnight stands in the manifest of that day. */
    private ManifestAsked ask(Outbound message) {
        LocalDate today = today();
        for (LocalDate day : List.of(today, today.minusDays(1))) {
            SignedManifest signed = read(new ManifestOf(message.destination(), day));
            Optional<ForceManifest.Item> item = signed.manifest().of(message.messageId());
            if (item.isPresent()) {
                return new ManifestAsked(Optional.of(itHas(item.get(), message, signed)));
            }
            if (day.equals(today)
                    && signed.manifest().asOf().isBefore(clock.instant().minus(properties.fresh()))) {
                // Made before the message could be in it: it does not tell that the force has nothing.
                throw new Unavailable("manifest-too-old", "the force's manifest does not reach to now", null, null);
            }
        }
        return new ManifestAsked(Optional.empty());
    }

    private static Accepted itHas(ForceManifest.Item item, Outbound message, SignedManifest signed) {
        if (!item.sha256().equals(Sha256.hex(message.bytes()))) {
            throw new Unknown("other-bytes", "the force has the message id with other bytes", null);
        }
        return new Accepted("manifest", signed.raw(), true);
    }

    private SignedManifest read(ManifestOf wanted) {
        Force force = forces.byCode(wanted.force()).orElseThrow(ManifestRoutes::noSuchManifest);
        ManifestEndpoint endpoint = force.manifest().orElseThrow(ManifestRoutes::noSuchManifest);
        URI address = URI.create(endpoint.url() + "/" + wanted.day());
        byte[] jws = health.observe(force, () -> HttpFaults.ofList(
                        http.read(HttpMethod.GET, address, headers -> headers.set("Accept", "application/jose"), null))
                .body());
        Instant now = clock.instant();
        byte[] signed = ManifestSignature.payload(jws, endpoint.key());
        return new SignedManifest(ForceManifest.read(signed, wanted.force(), wanted.day(), now), jws);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), LONDON);
    }

    private static Rejected noSuchManifest() {
        return new Rejected("unknown-destination", "/destination");
    }
}
