package sallyport.connectors.police.manifest;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import sallyport.connectors.contract.ConnectorContract;
import sallyport.connectors.contract.Verb;
import sallyport.connectors.wire.Outbound;
import sallyport.connectors.wire.Unavailable;
import sallyport.connectors.wire.Unknown;

class ManifestAskIT extends ConnectorContract {

    private static final byte[] SENT = "what was sent".getBytes(UTF_8);
    private static final Outbound MESSAGE =
            new Outbound("46", "SP-2026-000001-v1-46", "SP-2026-000001", "text/xml", SENT);
    private static final String TODAY = "2026-11-02";
    private static final String YESTERDAY = "2026-11-01";
    private static final String JUST_NOW = "2026-11-02T04:59:30Z";

    @BeforeAll
    static void warmUp() throws Exception {
        ManifestOfForceIT.warmUp();
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
        return new GoodAnswer(200, "application/jose", signed(TODAY, JUST_NOW, named(SENT, "2026-11-02T04:50:00Z")));
    }

    @Override
    protected void isGood(@Nullable Object result) {
        assertThat(result).isInstanceOfSatisfying(ManifestAsked.class, asked -> assertThat(asked.hasIt())
                .hasValueSatisfying(accepted -> {
                    assertThat(accepted.delivered()).isTrue();
                    assertThat(accepted.evidence()).isEqualTo(goodAnswer().body());
                }));
    }

    @Override
    protected Verb connect(Partner partner) {
        return SigningForce.verb(partner, "direct:manifest-ask", MESSAGE);
    }

    @Override
    protected Fault faultOf(int status) {
        return status == 404 ? new Fault(Unavailable.class, "http-404") : super.faultOf(status);
    }

    @Test
    void whatArrivedBeforeMidnightIsFoundInYesterdays() throws Exception {
        given(TODAY, signed(TODAY, JUST_NOW));
        given(YESTERDAY, signed(YESTERDAY, JUST_NOW, named(SENT, "2026-11-01T23:59:00Z")));
        try (Verb verb = connect(partner())) {
            assertThat(((ManifestAsked) verb.call()).hasIt()).isPresent();
        }
    }

    @Test
    void twoManifestsWithoutItSayThatItIsNotThere() throws Exception {
        given(TODAY, signed(TODAY, JUST_NOW));
        given(YESTERDAY, signed(YESTERDAY, JUST_NOW));
        try (Verb verb = connect(partner())) {
            assertThat(verb.call()).isInstanceOfSatisfying(ManifestAsked.class, asked -> assertThat(asked.hasIt())
                    .isEmpty());
        }
    }

    @Test
    void aManifestThatDoesNotReachToNowSaysNothing() {
        given(TODAY, signed(TODAY, "2026-11-02T04:58:00Z"));
        given(YESTERDAY, signed(YESTERDAY, JUST_NOW));
        assertThat(failure()).isInstanceOfSatisfying(Unavailable.class, old -> assertThat(old.code())
                .isEqualTo("manifest-too-old"));
    }

    @Test
    void theIdWithOtherBytesIsForAPerson() {
        given(TODAY, signed(TODAY, JUST_NOW, named("something else".getBytes(UTF_8), "2026-11-02T04:50:00Z")));
        assertThat(failure()).isInstanceOfSatisfying(Unknown.class, other -> assertThat(other.code())
                .isEqualTo("other-bytes"));
    }

    private Throwable failure() {
        try (Verb verb = connect(partner())) {
            return catchThrowable(verb::call);
        }
    }

    private void given(String day, byte[] body) {
        partner.stubFor(get(urlEqualTo("/46/manifests/" + day))
                .willReturn(aResponse()
                        .withHeader("Content-Type", "application/jose")
                        .withBody(body)));
    }

    private static byte[] signed(String day, String asOf, String... items) {
        return SigningForce.signed(SigningForce.manifest(day, asOf, items));
    }

    private static String named(byte[] bytes, String receivedAt) {
        try {
            return SigningForce.item(
                    MESSAGE.messageId(),
                    HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)),
                    receivedAt);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
