package sallyport.connectors.prison.hmppsauth;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.BasicCredentials;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.RouteBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import sallyport.connectors.contract.ConnectorContract;
import sallyport.connectors.contract.Verb;
import sallyport.connectors.wire.Answer;
import sallyport.connectors.wire.HttpFaults;
import sallyport.connectors.wire.MetadataPage;
import sallyport.connectors.wire.OneShotHttp;
import sallyport.connectors.wire.Page;
import sallyport.connectors.wire.Unavailable;

final class HmppsAuthIT extends ConnectorContract {

    private static final String SECRET = "secret-7c1d;<%+/= ";
    private static final String TOKENS = "/auth/oauth/token";

    private final MovableClock clock = new MovableClock();

    @Override
    protected Kind kind() {
        return Kind.READ;
    }

    @Override
    protected GoodAnswer goodAnswer() {
        return new GoodAnswer(
                200, "application/json", tokenJson("token-1", 3600).getBytes(UTF_8));
    }

    @Override
    protected void isGood(@Nullable Object result) {
        assertThat(result).isEqualTo("token-1");
    }

    @Override
    protected List<String> secrets() {
        return List.of(SECRET, "token-1");
    }

    /** Nothing about a token is the fault of a record. */
    @Override
    protected Fault faultOf(int status) {
        return switch (status) {
            case 400, 404, 422 -> new Fault(Unavailable.class, "http-" + status);
            default -> super.faultOf(status);
        };
    }

    @Override
    protected Verb connect(Partner partner) {
        HmppsAuthHealth health = new HmppsAuthHealth();
        Tokens tokens = new Tokens(properties(partner), health, clock);
        RouteBuilder routes = new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:token").process(exchange -> {
                    String token = tokens.current();
                    tokens.invalidate(token);
                    exchange.getMessage().setBody(token);
                });
            }
        };
        return Verb.start(routes, "direct:token", null, health);
    }

    private static HmppsAuthProperties properties(Partner partner) {
        return new HmppsAuthProperties(
                URI.create(partner.address() + "/auth"),
                "hub",
                SECRET,
                partner.connect(),
                partner.total(),
                Duration.ofSeconds(30));
    }

    @Test
    void asksWithClientCredentials() {
        givenTokens(3600);
        new Tokens(properties(partner()), new HmppsAuthHealth(), clock).current();
        partner.verify(postRequestedFor(urlEqualTo(TOKENS))
                .withBasicAuth(new BasicCredentials("hub", SECRET))
                .withFormParam("grant_type", equalTo("client_credentials")));
    }

    @Test
    void manyAtOnceCauseOneRequest() throws Exception {
        partner.stubFor(post(TOKENS).willReturn(good().withFixedDelay(300)));
        Tokens tokens = new Tokens(properties(partner()), new HmppsAuthHealth(), clock);
        assertThat(atOnce(32, tokens)).containsOnly("token-1");
        assertThat(partner.getAllServeEvents()).hasSize(1);
    }

    @Test
    void manyAtOnceShareOneFailure() throws Exception {
        partner.stubFor(post(TOKENS).willReturn(aResponse().withStatus(503).withFixedDelay(300)));
        Tokens tokens = new Tokens(properties(partner()), new HmppsAuthHealth(), clock);
        assertThat(atOnce(32, tokens)).containsOnly("http-503");
        assertThat(partner.getAllServeEvents()).hasSize(1);
    }

    @Test
    void renewsATokenBeforeItsEndAndNotEarlier() {
        givenTokens(600);
        Tokens tokens = new Tokens(properties(partner()), new HmppsAuthHealth(), clock);
        tokens.current();
        clock.advance(Duration.ofSeconds(569));
        tokens.current();
        assertThat(partner.getAllServeEvents()).hasSize(1);
        clock.advance(Duration.ofSeconds(2));
        tokens.current();
        assertThat(partner.getAllServeEvents()).hasSize(2);
    }

    @Test
    void aShortLivedTokenIsStillUsedForHalfItsLife() {
        givenTokens(20);
        Tokens tokens = new Tokens(properties(partner()), new HmppsAuthHealth(), clock);
        tokens.current();
        clock.advance(Duration.ofSeconds(9));
        tokens.current();
        assertThat(partner.getAllServeEvents()).hasSize(1);
    }

    @Test
    void anInvalidatedTokenIsNotTheOneThatReplacedIt() {
        givenTokens(3600);
        Tokens tokens = new Tokens(properties(partner()), new HmppsAuthHealth(), clock);
        tokens.current();
        tokens.invalidate("an older one");
        tokens.current();
        assertThat(partner.getAllServeEvents()).hasSize(1);
    }

    @Test
    void aReadThatIs401IsRepeatedOnceWithAFreshToken() {
        givenTokens(3600);
        partner.stubFor(get("/record")
                .inScenario("expired")
                .whenScenarioStateIs("Started")
                .willSetStateTo("renewed")
                .willReturn(aResponse().withStatus(401)));
        partner.stubFor(get("/record")
                .inScenario("expired")
                .whenScenarioStateIs("renewed")
                .willReturn(aResponse()));
        assertThat(HttpFaults.ofRead(read()).status()).isEqualTo(200);
        partner.verify(2, postRequestedFor(urlEqualTo(TOKENS)));
        partner.verify(
                2, getRequestedFor(urlEqualTo("/record")).withHeader("Authorization", equalTo("Bearer token-1")));
    }

    @Test
    void aTokenThatExpiresBetweenTwoPagesLosesNoPageAndRepeatsNone() {
        partner.stubFor(post(TOKENS)
                .inScenario("tokens")
                .whenScenarioStateIs("Started")
                .willSetStateTo("second")
                .willReturn(good().withBody(tokenJson("token-1", 3600))));
        partner.stubFor(post(TOKENS)
                .inScenario("tokens")
                .whenScenarioStateIs("second")
                .willReturn(good().withBody(tokenJson("token-2", 3600))));
        for (int page = 1; page <= 3; page++) {
            // The first token is good for the first page only.
            partner.stubFor(post("/search")
                    .withHeader("Authorization", equalTo("Bearer token-" + (page == 1 ? 1 : 2)))
                    .withRequestBody(equalTo("{\"page\":" + page + "}"))
                    .willReturn(good().withBody("{\"content\":[{\"id\":\"" + page
                            + "\"}],\"metadata\":{\"totalElements\":3,\"page\":" + page + ",\"size\":1}}")));
        }
        partner.stubFor(post("/search").atPriority(10).willReturn(aResponse().withStatus(401)));
        OneShotHttp http = authorised();
        URI search = URI.create(partner().address() + "/search");

        List<String> pages = Page.all(
                MetadataPage.FIRST,
                10,
                page -> new String(
                        HttpFaults.ofRead(http.query(search, ("{\"page\":" + page + "}").getBytes(UTF_8)))
                                .body(),
                        UTF_8),
                page -> MetadataPage.read(page.getBytes(UTF_8)),
                "id");

        assertThat(pages).hasSize(3).doesNotHaveDuplicates();
        partner.verify(4, postRequestedFor(urlEqualTo("/search")));
        partner.verify(2, postRequestedFor(urlEqualTo(TOKENS)));
    }

    @Test
    void aSecond401IsUnavailableAndNoLoop() {
        givenTokens(3600);
        always(get("/record"), 401);
        assertThatThrownBy(() -> HttpFaults.ofRead(read()))
                .isInstanceOfSatisfying(
                        Unavailable.class, failure -> assertThat(failure.code()).isEqualTo("unauthorised"));
        partner.verify(2, getRequestedFor(urlEqualTo("/record")));
    }

    @Test
    void aWriteThatIs401IsNotRepeatedAndDropsTheToken() {
        givenTokens(3600);
        always(post("/record"), 401);
        OneShotHttp http = authorised();
        URI record = record();
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> HttpFaults.ofWrite(
                            http.write(HttpMethod.POST, record, headers -> {}, "{}".getBytes(UTF_8))))
                    .isInstanceOf(Unavailable.class);
        }
        partner.verify(2, postRequestedFor(urlEqualTo("/record")));
        partner.verify(2, postRequestedFor(urlEqualTo(TOKENS)));
    }

    @Test
    void aTokenThatIsNoHeaderIsNoToken() {
        partner.stubFor(post(TOKENS).willReturn(good().withBody(tokenJson(CANARY + "\\r\\nx: y", 3600))));
        assertThatThrownBy(this::read)
                .isInstanceOfSatisfying(
                        Unavailable.class, failure -> assertThat(failure.code()).isEqualTo("no-token"))
                .hasMessageNotContaining(CANARY);
    }

    @Test
    void withoutATokenNothingIsAsked() {
        partner.stubFor(post(TOKENS).willReturn(aResponse().withStatus(503)));
        assertThatThrownBy(this::read).isInstanceOf(Unavailable.class);
        partner.verify(0, getRequestedFor(urlEqualTo("/record")));
    }

    private void givenTokens(int seconds) {
        partner.stubFor(post(TOKENS)
                .willReturn(aResponse()
                        .withHeader("Content-Type", "application/json")
                        .withBody(tokenJson("token-1", seconds))));
    }

    private void always(MappingBuilder request, int status) {
        partner.stubFor(request.willReturn(aResponse().withStatus(status)));
    }

    private Answer read() {
        return authorised().get(record());
    }

    private OneShotHttp authorised() {
        Partner partner = partner();
        Tokens tokens = new Tokens(properties(partner), new HmppsAuthHealth(), clock);
        return new OneShotHttp(
                new OneShotHttp.Limits(partner.connect(), partner.total(), partner.answerBytes()),
                new BearerInterceptor(tokens));
    }

    private URI record() {
        return URI.create(partner().address() + "/record");
    }

    private static String tokenJson(String token, int seconds) {
        return "{\"access_token\":\"" + token + "\",\"token_type\":\"bearer\",\"expires_in\":" + seconds
                + ",\"scope\":\"read\",\"jti\":\"1\",\"sub\":\"hub\"}";
    }

    private static List<String> atOnce(int callers, Tokens tokens) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<String>> results = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                results.add(threads.submit(() -> {
                    start.await();
                    try {
                        return tokens.current();
                    } catch (Unavailable failure) {
                        return failure.code();
                    }
                }));
            }
            start.countDown();
            List<String> outcomes = new ArrayList<>();
            for (Future<String> result : results) {
                outcomes.add(result.get(10, TimeUnit.SECONDS));
            }
            return outcomes;
        } finally {
            threads.shutdownNow();
        }
    }

    private static final class MovableClock extends Clock {

        private volatile Instant now = Instant.parse("2026-11-01T00:00:00Z");

        void advance(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
