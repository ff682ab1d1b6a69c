package sallyport.connectors.contract;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sallyport.connectors.wire.Unavailable;
import sallyport.connectors.wire.Unknown;
import sallyport.mappings.Rejected;

/**
 * What every connector that speaks HTTP does when its partner is well, away, slow, confused or hostile: it ends as a good
 * answer, {@link Rejected}, {@link Unavailable} or {@link Unknown}, in bounded time and memory, having asked exactly once.
 *
 * <p>A connector's test extends this once per verb, says how the verb is called and what a good answer is, and adds what is
 * particular.
 */
public abstract class ConnectorContract {

    /** A value in every bad answer of the tests: it stands for personal data and may be in no message. */
    protected static final String CANARY = "canary-4f1c";

    private static final long ANSWER_LIMIT = 64 * 1024;
    /** Long enough for a busy machine; only the tests about slowness are in a hurry. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Duration HURRY = Duration.ofSeconds(3);

    /** Whether the partner changes something. */
    public enum Kind {
        READ,
        WRITE
    }

    /**
     * Where the partner is and how patient to be.
     *
     * @param tls the hub's identity and what it trusts; only for connectors with mutual TLS
     */
    public record Partner(
            URI address, Duration connect, Duration total, long answerBytes, @Nullable Certificates tls) {}

    /** A complete answer. */
    public record GoodAnswer(int status, String contentType, byte[] body) {}

    protected abstract Kind kind();

    /** Makes a fresh connector for this partner. */
    protected abstract Verb connect(Partner partner);

    protected abstract GoodAnswer goodAnswer();

    /** Asserts that this is what the good answer becomes. */
    protected abstract void isGood(@Nullable Object result);

    /** Whether the connector shows a certificate and trusts only the partners' authorities. */
    protected boolean mutualTls() {
        return false;
    }

    /** Values that may be in no message and no health line, such as the client secret. */
    protected List<String> secrets() {
        return List.of();
    }

    /** What a status becomes: an exception class and its code. Override for the statuses the partner means differently. */
    protected Fault faultOf(int status) {
        return switch (status) {
            case 401 -> new Fault(Unavailable.class, "unauthorised");
            case 403 -> new Fault(Unavailable.class, "forbidden");
            case 429, 503 -> new Fault(Unavailable.class, "http-" + status);
            case 400, 404, 422 -> new Fault(Rejected.class, "http-" + status);
            default -> new Fault(kind() == Kind.READ ? Unavailable.class : Unknown.class, "http-" + status);
        };
    }

    /** How many requests one good call makes; more than one only where a verb reads several pages. */
    protected int requestsPerCall() {
        return 1;
    }

    /**
     * @param kind one of the three failures, or {@code null} for a status that is an answer
     */
    public record Fault(@Nullable Class<? extends RuntimeException> kind, String code) {

        public static Fault none() {
            return new Fault(null, "");
        }
    }

    private static @Nullable Certificates partnersAuthority;
    private static @Nullable Certificates strangersAuthority;

    protected WireMockServer partner = new WireMockServer(0);

    @BeforeEach
    void startPartner() {
        partner = new WireMockServer(configuration(mutualTls() ? certificates() : null));
        partner.start();
    }

    @AfterEach
    void stopPartner() {
        partner.stop();
    }

    private static synchronized Certificates certificates() {
        if (partnersAuthority == null) {
            partnersAuthority = Certificates.make("partners");
        }
        return partnersAuthority;
    }

    private static synchronized Certificates strangers() {
        if (strangersAuthority == null) {
            strangersAuthority = Certificates.make("strangers");
        }
        return strangersAuthority;
    }

    private static WireMockConfiguration configuration(@Nullable Certificates tls) {
        WireMockConfiguration configuration = wireMockConfig().dynamicPort();
        if (tls == null) {
            return configuration;
        }
        return configuration
                .httpDisabled(true)
                .dynamicHttpsPort()
                .keystorePath(tls.serverStore().toString())
                .keystoreType("PKCS12")
                .keystorePassword(tls.password())
                .keyManagerPassword(tls.password())
                .needClientAuth(true)
                .trustStorePath(tls.trustStore().toString())
                .trustStoreType("PKCS12")
                .trustStorePassword(tls.password());
    }

    private static URI addressOf(WireMockServer server) {
        return server.isHttpsEnabled()
                ? URI.create("https://localhost:" + server.httpsPort())
                : URI.create("http://localhost:" + server.port());
    }

    /** The partner of this test, patiently enough for it. */
    protected final Partner partner() {
        return at(addressOf(partner));
    }

    /** A partner that a test made itself. */
    protected final Partner at(URI address) {
        return at(address, PATIENCE);
    }

    private Partner at(URI address, Duration total) {
        return new Partner(address, PATIENCE, total, ANSWER_LIMIT, mutualTls() ? certificates() : null);
    }

    /** Everything is answered with this. */
    protected final void answers(ResponseDefinitionBuilder answer) {
        partner.stubFor(any(anyUrl()).willReturn(answer));
    }

    protected final ResponseDefinitionBuilder good() {
        GoodAnswer good = goodAnswer();
        return aResponse()
                .withStatus(good.status())
                .withHeader("Content-Type", good.contentType())
                .withBody(good.body());
    }

    /** With the partner's certificate where there is mutual TLS. */
    protected final HostileServer hostile(HostileServer.Behaviour behaviour) {
        return new HostileServer(mutualTls() ? certificates() : null, behaviour);
    }

    @Test
    void handsOnAGoodAnswer() throws Exception {
        answers(good());
        try (Verb verb = connect(partner())) {
            isGood(verb.call());
            assertThat(verb.health().problem()).isEmpty();
        }
    }

    @Test
    void asksEveryTimeItIsTold() throws Exception {
        answers(good());
        try (Verb verb = connect(partner())) {
            isGood(verb.call());
            isGood(verb.call());
            assertThat(partner.getAllServeEvents()).hasSize(2 * requestsPerCall());
        }
    }

    @Test
    void noHeaderOfTheMessageReachesThePartnerOrSteersTheCall() throws Exception {
        answers(good());
        try (Verb verb = connect(partner())) {
            isGood(verb.call());
        }
        assertThat(partner.getAllServeEvents()).isNotEmpty().allSatisfy(event -> {
            LoggedRequest request = event.getRequest();
            assertThat(request.getUrl()).doesNotContain("elsewhere");
            assertThat(request.getMethod().getName()).isNotEqualTo("DELETE");
            request.getHeaders().all().forEach(header -> {
                assertThat(header.key()).doesNotStartWithIgnoringCase("Camel").isNotEqualToIgnoringCase("x-hostile");
                assertThat(header.values()).doesNotContain("Basic aG9zdGlsZQ==", "elsewhere", "\"elsewhere\"");
            });
        });
    }

    @Test
    void aRefusedConnectionIsUnavailable() throws Exception {
        failsAt(freePort(), Unavailable.class, "connection-refused");
    }

    @Test
    void aHostNobodyKnowsIsUnavailable() {
        String scheme = mutualTls() ? "https" : "http";
        failsAt(URI.create(scheme + "://nobody-knows.invalid"), Unavailable.class, "unknown-host");
    }

    @Test
    void aSlowPartnerIsLeftAfterTheTotalTimeOut() {
        answers(good().withFixedDelay(60_000));
        failsInTime(addressOf(partner), "time-out");
    }

    @Test
    void aDrippingPartnerIsLeftAfterTheTotalTimeOut() throws Exception {
        try (HostileServer server = hostile(HostileServer.drips(goodAnswer().contentType()))) {
            failsInTime(server.address(), "time-out");
        }
    }

    @Test
    void silenceIsLeftAfterTheTotalTimeOut() throws Exception {
        try (HostileServer server = hostile(HostileServer.saysNothing())) {
            failsInTime(server.address(), "time-out");
            assertThat(server.arrivals()).isEqualTo(1);
        }
    }

    private void failsInTime(URI address, String code) {
        long before = System.nanoTime();
        isAFailure(failureOf(at(address, HURRY)), withoutAnAnswer(), code);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(HURRY.multipliedBy(3));
    }

    @Test
    void aWriteThatIsAcceptedAndDroppedIsNotSentAgain() throws Exception {
        try (HostileServer server = hostile(HostileServer.acceptsThenDrops())) {
            failsAt(server.address(), withoutAnAnswer(), "no-answer");
            if (kind() == Kind.WRITE) {
                assertThat(server.arrivals()).isEqualTo(1);
            }
        }
    }

    @Test
    void aWriteOnAStaleConnectionIsNotSentAgain() throws Exception {
        GoodAnswer good = goodAnswer();
        byte[] answer = HostileServer.whole(good.status(), good.contentType(), good.body());
        try (HostileServer server = hostile(HostileServer.answersOnceThenDrops(answer));
                Verb verb = connect(at(server.address()))) {
            if (requestsPerCall() == 1) {
                isGood(verb.call());
                isAFailure(catchThrowable(verb::call), withoutAnAnswer(), "no-answer");
                if (kind() == Kind.WRITE) {
                    assertThat(server.arrivals()).isEqualTo(2);
                }
            }
        }
    }

    @Test
    void halfAnAnswerIsNoAnswer() throws Exception {
        GoodAnswer good = goodAnswer();
        byte[] body = good.body().length > 1 ? good.body() : "{ }".getBytes(UTF_8);
        try (HostileServer server = hostile(HostileServer.breaksOff(good.contentType(), body))) {
            failsAt(server.address(), withoutAnAnswer(), "no-answer");
        }
    }

    @Test
    void anAnswerWithoutEndIsNotReadToTheEnd() throws Exception {
        AtomicLong written = new AtomicLong();
        try (HostileServer server = hostile(HostileServer.endless(goodAnswer().contentType(), written))) {
            failsAt(server.address(), withoutAnAnswer(), "answer-too-large");
            // What the sockets and the client had buffered when it hung up; far from the gigabyte on offer.
            assertThat(written.get()).isLessThan(64L << 20);
        }
    }

    @Test
    void anAnswerThatAnnouncesTooMuchIsNotRead() {
        answers(good().withBody(new byte[(int) ANSWER_LIMIT + 1]));
        failsAt(addressOf(partner), withoutAnAnswer(), "answer-too-large");
    }

    @Test
    void garbageEndsAsAnAnswerOrAsOneOfTheThreeFailures() throws Exception {
        for (String garbage : List.of(
                "<html>" + CANARY + "</html>", "{\"" + CANARY + "\":", "", "\u0000" + CANARY, "[[[" + CANARY, "null")) {
            answers(good().withBody(garbage));
            try (Verb verb = connect(partner())) {
                Throwable failure = catchThrowable(verb::call);
                if (failure != null) {
                    isOneOfTheThree(failure);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 422, 429, 500, 502, 503, 504})
    void aStatusMeansWhatTheTableSays(int status) throws Exception {
        answers(aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/json")
                .withBody("{\"status\":" + status + ",\"userMessage\":\"" + CANARY + "\"}"));
        Fault expected = faultOf(status);
        try (Verb verb = connect(partner())) {
            Throwable failure = catchThrowable(verb::call);
            if (expected.kind() == null) {
                assertThat(failure).isNull();
            } else {
                isAFailure(failure, expected.kind(), expected.code());
            }
            if (kind() == Kind.WRITE) {
                assertThat(partner.getAllServeEvents()).hasSize(1);
            }
        }
    }

    @Test
    void anEmpty401IsNotParsed() {
        answers(aResponse().withStatus(401).withHeader("WWW-Authenticate", "Bearer realm=\"x\""));
        Fault expected = faultOf(401);
        Throwable failure = failureAt(addressOf(partner));
        assertThat(expected.kind()).isNotNull();
        isAFailure(failure, expected.kind(), expected.code());
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void passesOnHowLongThePartnerWantsToBeLeftAlone(int status) {
        answers(aResponse().withStatus(status).withHeader("Retry-After", "7"));
        assertThat(failureAt(addressOf(partner)))
                .isInstanceOfSatisfying(
                        Unavailable.class, busy -> assertThat(busy.retryAfter()).isEqualTo(Duration.ofSeconds(7)));
    }

    @Test
    void aRedirectIsNotFollowed() throws Exception {
        partner.stubFor(any(anyUrl())
                .willReturn(aResponse().withStatus(307).withHeader("Location", addressOf(partner) + "/elsewhere")));
        try (Verb verb = connect(partner())) {
            isOneOfTheThree(catchThrowable(verb::call));
        }
        assertThat(partner.getAllServeEvents())
                .noneMatch(event -> event.getRequest().getUrl().contains("elsewhere"));
    }

    @Test
    void aCertificateOfAStrangerIsUnavailable() {
        WireMockServer stranger = new WireMockServer(configuration(strangers()).needClientAuth(false));
        stranger.start();
        try {
            failsAt(addressOf(stranger), Unavailable.class, "certificate-untrusted");
            assertThat(stranger.getAllServeEvents()).isEmpty();
        } finally {
            stranger.stop();
        }
    }

    /** With TLS 1.3 the alert comes after the request was written; it is still "not sent". */
    @Test
    void aPartnerThatRefusesTheHubsCertificateIsUnavailable() {
        if (!mutualTls()) {
            return;
        }
        answers(good());
        Certificates refused = new Certificates(
                certificates().serverStore(),
                strangers().clientStore(),
                certificates().trustStore(),
                certificates().password());
        try (Verb verb = connect(new Partner(addressOf(partner), PATIENCE, PATIENCE, ANSWER_LIMIT, refused))) {
            isAFailure(catchThrowable(verb::call), Unavailable.class, "own-certificate-refused");
            assertThat(partner.getAllServeEvents()).isEmpty();
        }
    }

    @Test
    void healthNamesTheProblemAndClears() throws Exception {
        answers(aResponse().withStatus(503));
        try (Verb verb = connect(partner())) {
            catchThrowable(verb::call);
            assertThat(verb.health().problem())
                    .hasValueSatisfying(
                            line -> assertThat(line).hasSizeLessThan(120).doesNotContain("\n"));
            answers(good());
            isGood(verb.call());
            assertThat(verb.health().problem()).isEmpty();
        }
    }

    private Class<? extends RuntimeException> withoutAnAnswer() {
        return kind() == Kind.READ ? Unavailable.class : Unknown.class;
    }

    private void failsAt(URI address, Class<? extends RuntimeException> kind, String code) {
        isAFailure(failureAt(address), kind, code);
    }

    private Throwable failureAt(URI address) {
        return failureOf(at(address));
    }

    private Throwable failureOf(Partner partner) {
        try (Verb verb = connect(partner)) {
            Throwable failure = catchThrowable(verb::call);
            isOneOfTheThree(failure);
            verb.health().problem().ifPresent(this::tellsNothing);
            return failure;
        }
    }

    private void isAFailure(Throwable failure, Class<? extends RuntimeException> kind, String code) {
        isOneOfTheThree(failure);
        assertThat(failure).isInstanceOf(kind);
        assertThat(codeOf(failure)).isEqualTo(code);
    }

    private void isOneOfTheThree(Throwable failure) {
        assertThat(failure).isInstanceOfAny(Rejected.class, Unavailable.class, Unknown.class);
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            tellsNothing(String.valueOf(cause.getMessage()));
        }
    }

    private void tellsNothing(String line) {
        assertThat(line).doesNotContain(CANARY);
        secrets().forEach(secret -> assertThat(line).doesNotContain(secret));
    }

    private static String codeOf(Throwable failure) {
        if (failure instanceof Rejected rejected) {
            return rejected.code();
        }
        return failure instanceof Unknown unknown ? unknown.code() : ((Unavailable) failure).code();
    }

    private URI freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return URI.create((mutualTls() ? "https" : "http") + "://localhost:" + socket.getLocalPort());
        }
    }
}
