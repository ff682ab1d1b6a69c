package sallyport.simulators.prison;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import sallyport.simulators.journal.Json;
import sallyport.simulators.rest.Answer;
import sallyport.simulators.rest.Asked;
import sallyport.simulators.rest.RestPartner;

/** Gives out short-lived tokens for client credentials and says of a token whether it is still good. */
public final class HmppsAuth implements RestPartner {

    private final String clientId;
    private final String clientSecret;
    private final Duration lifetime;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Instant> expiries = new ConcurrentHashMap<>();

    public HmppsAuth(String clientId, String clientSecret, Duration lifetime, Clock clock) {
        this.clientId = clientId;
        this.clientSecret = clientSecret;
        this.lifetime = lifetime;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "hmpps-auth";
    }

    @Override
    public String paths() {
        return "/auth/oauth/token";
    }

    @Override
    public Answer answer(Asked asked) {
        if (!asked.method().equals("POST")) {
            return Answer.empty(405);
        }
        String expected = "Basic "
                + Base64.getEncoder().encodeToString((clientId + ":" + clientSecret).getBytes(StandardCharsets.UTF_8));
        if (!expected.equals(asked.header("Authorization"))) {
            return Answer.json(401, Json.object().put("error", "invalid_client"));
        }
        String body = new String(asked.body(), StandardCharsets.UTF_8);
        boolean grant = asked.one("grant_type").orElse("").equals("client_credentials")
                || body.contains("grant_type=client_credentials");
        if (!grant) {
            return Answer.json(400, Json.object().put("error", "unsupported_grant_type"));
        }
        ObjectNode token = Json.object()
                .put("access_token", issue())
                .put("token_type", "bearer")
                .put("expires_in", lifetime.toSeconds())
                .put("scope", "read write");
        return Answer.json(200, token);
    }

    private String issue() {
        Instant now = clock.instant();
        expiries.values().removeIf(expiry -> expiry.isBefore(now));
        byte[] noise = new byte[24];
        random.nextBytes(noise);
        String token = "simulated." + Base64.getUrlEncoder().withoutPadding().encodeToString(noise);
        expiries.put(token, now.plus(lifetime));
        return token;
    }

    boolean good(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return false;
        }
        Instant expiry = expiries.get(authorization.substring(7));
        return expiry != null && expiry.isAfter(clock.instant());
    }

    /** Every token given out so far is refused from now on. */
    public void revokeAll() {
        expiries.clear();
    }
}
