package sallyport.connectors.prison.hmppsauth;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.oauth2.client.endpoint.DefaultOAuth2TokenRequestHeadersConverter;
import org.springframework.security.oauth2.client.endpoint.OAuth2ClientCredentialsGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientClientCredentialsTokenResponseClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.web.client.RestClient;
import sallyport.connectors.wire.OneShotHttp;
import sallyport.connectors.wire.Unavailable;

/**
 * The one token in use. However many ask at once, one request is made and all of them get its token or its
 * {@link Unavailable}.
 */
final class Tokens {

    /** Anything else would be refused as a header, with a message that quotes it. */
    private static final Pattern FIT_FOR_A_HEADER = Pattern.compile("[\\x21-\\x7E]+");

    private record Held(String value, Instant renewAt) {}

    private final ClientRegistration client;
    private final RestClientClientCredentialsTokenResponseClient endpoint;
    private final Duration renewBefore;
    private final HmppsAuthHealth health;
    private final Clock clock;

    private final AtomicReference<@Nullable Held> held = new AtomicReference<>();
    private final AtomicReference<@Nullable CompletableFuture<String>> flight = new AtomicReference<>();

    Tokens(HmppsAuthProperties properties, HmppsAuthHealth health, Clock clock) {
        this.client = ClientRegistration.withRegistrationId("hmpps-auth")
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .clientId(properties.clientId())
                .clientSecret(properties.clientSecret())
                .tokenUri(properties.url() + "/oauth/token")
                .build();
        this.endpoint = endpoint(new OneShotHttp(properties.limits()));
        this.renewBefore = properties.renewBefore();
        this.health = health;
        this.clock = clock;
    }

    private static RestClientClientCredentialsTokenResponseClient endpoint(OneShotHttp http) {
        DefaultOAuth2TokenRequestHeadersConverter<OAuth2ClientCredentialsGrantRequest> headers =
                new DefaultOAuth2TokenRequestHeadersConverter<>();
        // The prison side's own clients send id and secret as they are; their secrets hold signs that encoding would
        // change.
        headers.setEncodeClientCredentials(false);
        RestClientClientCredentialsTokenResponseClient endpoint = new RestClientClientCredentialsTokenResponseClient();
        endpoint.setHeadersConverter(headers);
        endpoint.setRestClient(RestClient.builder()
                .requestFactory(http.requestFactory())
                .messageConverters(converters -> {
                    converters.clear();
                    converters.add(new FormHttpMessageConverter());
                    converters.add(new OAuth2AccessTokenResponseHttpMessageConverter());
                })
                .defaultStatusHandler(status -> !status.is2xxSuccessful(), (request, response) -> {
                    HttpStatusCode status = response.getStatusCode();
                    throw HmppsAuthFaults.of(status.value(), response.getHeaders());
                })
                .build());
        return endpoint;
    }

    /**
     * A token that is good for a while yet.
     *
     * @throws Unavailable when none can be had
     */
    String current() {
        Held now = held.get();
        if (now != null && clock.instant().isBefore(now.renewAt())) {
            return now.value();
        }
        CompletableFuture<String> mine = new CompletableFuture<>();
        CompletableFuture<String> theirs = flight.compareAndExchange(null, mine);
        return theirs == null ? fly(mine) : await(theirs);
    }

    private String fly(CompletableFuture<String> mine) {
        try {
            // Another flight may have landed between the look and the take-off.
            Held now = held.get();
            String token = now != null && clock.instant().isBefore(now.renewAt()) ? now.value() : renew();
            mine.complete(token);
            return token;
        } catch (RuntimeException failure) {
            mine.completeExceptionally(failure);
            throw failure;
        } finally {
            flight.set(null);
        }
    }

    private static String await(CompletableFuture<String> theirs) {
        try {
            return theirs.join();
        } catch (CompletionException failed) {
            // An exception of one's own, for a stack trace that is one's own.
            if (failed.getCause() instanceof Unavailable shared) {
                throw new Unavailable(shared.code(), "no token", shared.retryAfter(), null);
            }
            throw failed;
        }
    }

    private String renew() {
        Instant asked = clock.instant();
        OAuth2AccessToken token = health.observe(this::ask);
        Duration life = Duration.between(
                Objects.requireNonNullElse(token.getIssuedAt(), asked),
                Objects.requireNonNullElse(token.getExpiresAt(), asked));
        Duration margin = renewBefore.compareTo(life.dividedBy(2)) < 0 ? renewBefore : life.dividedBy(2);
        held.set(new Held(token.getTokenValue(), asked.plus(life).minus(margin)));
        return token.getTokenValue();
    }

    private OAuth2AccessToken ask() {
        try {
            OAuth2AccessToken token = endpoint.getTokenResponse(new OAuth2ClientCredentialsGrantRequest(client))
                    .getAccessToken();
            if (!FIT_FOR_A_HEADER.matcher(token.getTokenValue()).matches()) {
                throw HmppsAuthFaults.noToken();
            }
            return token;
        } catch (OAuth2AuthorizationException | IllegalArgumentException unreadable) {
            // Without its cause, which may quote the answer.
            throw HmppsAuthFaults.noToken();
        }
    }

    /** Drops this token, unless it was replaced already. */
    void invalidate(String refused) {
        held.updateAndGet(now -> now != null && now.value().equals(refused) ? null : now);
    }
}
