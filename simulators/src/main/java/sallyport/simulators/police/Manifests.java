package sallyport.simulators.police;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sallyport.simulators.journal.Json;
import sallyport.simulators.rest.Answer;
import sallyport.simulators.rest.Asked;
import sallyport.simulators.rest.RestPartner;

/** {@code GET /{force}/manifests/{day}}: what the force accepted that day, as a compact JWS signed with the force's own key. */
public final class Manifests implements RestPartner {

    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final String HEADER = "{\"alg\":\"EdDSA\"}";

    private final Forces forces;
    private final Secrets secrets;
    private final Deliveries deliveries;
    private final Clock clock;

    public Manifests(Forces forces, Secrets secrets, Deliveries deliveries, Clock clock) {
        this.forces = forces;
        this.secrets = secrets;
        this.deliveries = deliveries;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "manifest";
    }

    @Override
    public String paths() {
        return "/[0-9]{2}/manifests/[^/]*";
    }

    @Override
    public Answer answer(Asked asked) {
        Optional<Force> force = forces.all().stream()
                .filter(each -> each.code().equals(asked.segment(0)) && forces.offersManifest(each))
                .findFirst();
        if (force.isEmpty() || !asked.method().equals("GET")) {
            return Answer.empty(force.isEmpty() ? 404 : 405);
        }
        try {
            LocalDate day = LocalDate.parse(asked.segment(2));
            byte[] manifest = Json.bytes(manifest(force.get(), day));
            String jws = signed(manifest, secrets.manifestKey(force.get().code()));
            return new Answer(
                    200,
                    jws.getBytes(StandardCharsets.US_ASCII),
                    Map.of("Content-Type", "application/jose"),
                    Duration.ZERO);
        } catch (DateTimeException noDay) {
            return Answer.empty(400);
        }
    }

    private ObjectNode manifest(Force force, LocalDate day) {
        Instant asOf = clock.instant();
        List<Delivery> received = deliveries.all().stream()
                .filter(delivery -> delivery.force().equals(force.code()) && delivery.accepted())
                .filter(delivery -> LocalDate.ofInstant(delivery.at(), LONDON).equals(day))
                .filter(delivery -> messageId(delivery) != null
                        && delivery.caseReference() != null
                        && delivery.packageVersion() != null)
                .toList();
        ObjectNode json = Json.object()
                .put("type", "sallyport-manifest-v1")
                .put("force", force.code())
                .put("day", day.toString())
                .put("asOf", asOf.toString())
                .put("count", received.size());
        ArrayNode items = json.putArray("items");
        received.forEach(delivery -> items.addObject()
                .put("messageId", messageId(delivery))
                .put("caseReference", delivery.caseReference())
                .put("version", delivery.packageVersion())
                .put("sha256", delivery.sha256())
                .put("receivedAt", delivery.at().toString()));
        return json;
    }

    /** What the sender calls its message. */
    private static @Nullable String messageId(Delivery delivery) {
        return delivery.externalReference() != null ? delivery.externalReference() : delivery.correlationId();
    }

    static String signed(byte[] payload, KeyPair key) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String input = base64.encodeToString(HEADER.getBytes(StandardCharsets.US_ASCII)) + "."
                + base64.encodeToString(payload);
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key.getPrivate());
            signature.update(input.getBytes(StandardCharsets.US_ASCII));
            return input + "." + base64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
