package sallyport.connectors.police.manifest;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import sallyport.connectors.contract.Certificates;
import sallyport.connectors.contract.ConnectorContract;
import sallyport.connectors.contract.HostileServer;
import sallyport.connectors.contract.Verb;
import sallyport.connectors.wire.Unavailable;
import sallyport.mappings.Rejected;

class ManifestOfForceIT extends ConnectorContract {

    private static final ManifestOf YESTERDAY = new ManifestOf("46", LocalDate.parse("2026-11-01"));
    private static final String SHA = "ab".repeat(32);
    private static final String GOOD = SigningForce.manifest(
            "2026-11-01",
            "2026-11-02T04:00:00Z",
            SigningForce.item("SP-2026-000001-v1-46", SHA, "2026-11-01T10:00:00Z"));

    /** The contract's time-outs are short: the first TLS call of a JVM on a busy machine does not fit into them. */
    @BeforeAll
    static void warmUp() throws Exception {
        Certificates files = Certificates.make("warm-up");
        var connector = new ManifestOfForceIT();
        GoodAnswer good = connector.goodAnswer();
        byte[] answer = HostileServer.whole(good.status(), good.contentType(), good.body());
        Duration patience = Duration.ofSeconds(30);
        try (HostileServer server = new HostileServer(files, HostileServer.answersOnceThenDrops(answer));
                Verb verb = connector.connect(new Partner(server.address(), patience, patience, 65_536, files))) {
            connector.isGood(verb.call());
        }
    }

    @Override
    protected Kind kind() {
        return Kind.READ;
    }

    @Override
    protected boolean mutualTls() {
        return true;
    }

    @Override
    protected GoodAnswer goodAnswer() {
        return new GoodAnswer(200, "application/jose", SigningForce.signed(GOOD));
    }

    @Override
    protected void isGood(@Nullable Object result) {
        assertThat(result).isInstanceOfSatisfying(SignedManifest.class, signed -> {
            assertThat(signed.manifest().items()).hasSize(1);
            assertThat(signed.raw()).isEqualTo(SigningForce.signed(GOOD));
        });
    }

    @Override
    protected Verb connect(Partner partner) {
        return SigningForce.verb(partner, "direct:manifest-of-force", YESTERDAY);
    }

    /** A day is always there: a 404 means that the address is wrong. */
    @Override
    protected Fault faultOf(int status) {
        return status == 404 ? new Fault(Unavailable.class, "http-404") : super.faultOf(status);
    }

    @Test
    void asksForTheDayAtTheForcesOwnAddress() throws Exception {
        answers(good());
        try (Verb verb = connect(partner())) {
            verb.call();
        }
        partner.verify(
                1,
                getRequestedFor(urlEqualTo("/46/manifests/2026-11-01"))
                        .withHeader("Accept", equalTo("application/jose")));
    }

    @Test
    void onlyTheForcesOwnSignatureOverTheseBytesIsBelieved() {
        byte[] good = SigningForce.signed(GOOD);
        assertThat(refusal(SigningForce.signed("{\"alg\":\"EdDSA\"}", GOOD, SigningForce.pair())))
                .isEqualTo("wrong-signature");
        assertThat(refusal(SigningForce.signed("{\"alg\":\"none\"}", GOOD, SigningForce.KEY)))
                .isEqualTo("not-signed");
        assertThat(refusal(SigningForce.signed("{\"alg\":\"EdDSA\",\"crit\":[\"b64\"]}", GOOD, SigningForce.KEY)))
                .isEqualTo("not-signed");
        assertThat(refusal(GOOD.getBytes(UTF_8))).isEqualTo("not-signed");
        String[] parts = new String(good, US_ASCII).split("\\.");
        String other = new String(SigningForce.signed(GOOD.replace("000001", "000002")), US_ASCII).split("\\.")[1];
        assertThat(refusal((parts[0] + "." + other + "." + parts[2]).getBytes(US_ASCII)))
                .isEqualTo("wrong-signature");
        assertThat(refusal((parts[0] + "." + parts[1] + ".").getBytes(US_ASCII)))
                .isEqualTo("wrong-signature");
        for (int cut : new int[] {1, good.length / 2, good.length - 1}) {
            assertThat(refusal(Arrays.copyOf(good, cut))).isIn("not-signed", "wrong-signature");
        }
    }

    @Test
    void aSignedManifestOfAnotherForceDayOrTimeIsRefused() {
        assertThat(refusal(SigningForce.signed(GOOD.replace("\"46\"", "\"06\""))))
                .isEqualTo("other-force");
        assertThat(refusal(SigningForce.signed(GOOD.replace("\"2026-11-01\"", "\"2026-10-31\""))))
                .isEqualTo("other-day");
        assertThat(refusal(SigningForce.signed(GOOD.replace("2026-11-02T04", "2026-11-03T04"))))
                .isEqualTo("from-the-future");
        assertThat(refusal(SigningForce.signed(GOOD.replace("\"count\":1", "\"count\":2"))))
                .isEqualTo("cut-short");
    }

    @Test
    void aDayThatHasNotBegunAndAForceWithoutAManifestAreNotAskedFor() throws Exception {
        answers(good());
        assertThat(failure(new ManifestOf("46", LocalDate.parse("2026-11-03")))).isEqualTo("future-day");
        assertThat(failure(new ManifestOf("06", YESTERDAY.day()))).isEqualTo("unknown-destination");
        assertThat(failure(new ManifestOf("46/../06", YESTERDAY.day()))).isEqualTo("unknown-destination");
        assertThat(partner.getAllServeEvents()).isEmpty();
    }

    private String refusal(byte[] body) {
        answers(aResponse().withHeader("Content-Type", "application/jose").withBody(body));
        return failure(YESTERDAY);
    }

    private String failure(ManifestOf wanted) {
        try (Verb verb = connect(partner())) {
            Throwable failure = catchThrowable(() -> verb.callWith(wanted));
            return failure instanceof Rejected rejected ? rejected.code() : String.valueOf(failure);
        }
    }
}
