package sallyport.routes.photointake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;
import sallyport.connectors.wire.Fetched;
import sallyport.ledger.Effect;
import sallyport.ledger.Effect.PhotoFound;
import sallyport.ledger.Effects;
import sallyport.ledger.PhotoRequestWork;
import sallyport.mappings.Rejected;
import sallyport.mappings.canonical.Sha256;

class PhotosTest {

    private static final URI FROM = URI.create("http://prison-api/api/images/7/data");
    private static final Instant AT = Instant.parse("2026-07-01T10:00:00Z");
    private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0, 1, 2, 3};
    private static final PhotoRequestWork ASKED = new PhotoRequestWork(12, 1, "SP-2026-000123", true, "A1234BC");
    private static final PhotoRequestWork OVER = new PhotoRequestWork(12, 1, "SP-2026-000123", false, null);

    private final Photos photos =
            new Photos(new MockEnvironment().withProperty("sallyport.prison-api.url", "http://localhost:1"));

    @Test
    void asksForOnePersonAndForNobodyWhenItDoesNotStand() {
        assertThat(photos.people(ASKED)).containsExactly("A1234BC");
        assertThat(photos.people(OVER)).isEmpty();
        assertThat(photos.keep(List.of(), OVER)).isEqualTo(Effects.none());
    }

    @Test
    void withoutTheServiceTheRequestIsParkedWithTheSettingThatIsMissing() {
        assertThatThrownBy(() -> new Photos(new MockEnvironment()).people(ASKED))
                .isInstanceOf(Rejected.class)
                .hasMessage("no-prison-api at sallyport.prison-api.url");
    }

    @Test
    void takesTheNumberOfThatPersonAlone() {
        Fetched answer = found(
                """
                [{"prisonerNumber":"B2345CD","currentFacialImageId":8},{"prisonerNumber":"A1234BC","currentFacialImageId":7}]"""
                        .getBytes(UTF_8));

        assertThat(photos.images(List.of(answer), ASKED)).containsExactly(7L);
        assertThat(photos.images(List.of(found("[{\"prisonerNumber\":\"A1234BC\"}]".getBytes(UTF_8))), ASKED))
                .isEmpty();
        assertThat(photos.images(List.of(found("[]".getBytes(UTF_8))), ASKED)).isEmpty();
    }

    @Test
    void whatCameIsKeptWithItsHashInTheLog() {
        Effects effects = photos.keep(List.of(found(JPEG)), ASKED);

        assertThat(effects.all()).hasSize(2);
        assertThat(effects.all().get(0)).isInstanceOfSatisfying(PhotoFound.class, photo -> assertThat(photo.jpeg())
                .isEqualTo(JPEG));
        assertThat(effects.all().get(1)).isInstanceOfSatisfying(Effect.Log.class, log -> {
            assertThat(log.evidence().payloadSha256()).isEqualTo(Sha256.of(JPEG));
            assertThat(log.evidence().subject()).isEqualTo("A1234BC");
        });
    }

    @Test
    void wherePrisonRecordsHaveNoPhotographThatIsTheAnswer() {
        assertThat(photos.keep(List.of(), ASKED).all()).containsExactly(new PhotoFound(12, null));
        assertThat(photos.keep(List.of(Fetched.gone(FROM, AT)), ASKED).all()).containsExactly(new PhotoFound(12, null));
    }

    @Test
    void whatIsNoJpegIsRefused() {
        for (byte[] bytes : new byte[][] {{}, "GIF89a".getBytes(UTF_8), {(byte) 0xff, (byte) 0xd8}}) {
            assertThatThrownBy(() -> photos.keep(List.of(found(bytes)), ASKED))
                    .isInstanceOf(Rejected.class)
                    .hasMessage("not-a-jpeg at /image");
        }
    }

    private static Fetched found(byte[] raw) {
        return Fetched.found(raw, FROM, AT);
    }
}
