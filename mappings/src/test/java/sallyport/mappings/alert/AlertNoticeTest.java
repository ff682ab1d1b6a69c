package sallyport.mappings.alert;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class AlertNoticeTest {

    private static final Instant OPENED = Instant.parse("2026-06-29T02:25:10Z");

    @Test
    void tellsAProgram() {
        assertThat(new String(notice(true, "Force 46 \"expired\"").json(), UTF_8))
                .isEqualTo("{\"version\":\"alert-v1\",\"id\":\"alert-12-opened\",\"alert\":12,\"event\":\"opened\","
                        + "\"kind\":\"LANE\",\"subject\":\"force:46\",\"what\":\"Force 46 \\\"expired\\\"\","
                        + "\"todo\":\"Ring them.\",\"count\":412,\"openedAt\":\"2026-06-29T02:25:10Z\","
                        + "\"clearedAt\":null}");
        assertThat(new String(notice(false, "x").json(), UTF_8))
                .contains(
                        "\"id\":\"alert-12-cleared\"",
                        "\"event\":\"cleared\"",
                        "\"clearedAt\":\"2026-06-29T03:25:10Z\"");
    }

    @Test
    void tellsAPersonInLondon() {
        assertThat(notice(true, "Force 46 is away.").subjectLine()).isEqualTo("[Sallyport] Force 46 is away.");
        assertThat(notice(true, "Force 46 is away.").text())
                .isEqualTo("Force 46 is away.\n\nWhat to do: Ring them.\n\nSince 03:25:10 on 29 June 2026. Alert 12,"
                        + " force:46.\n");
        assertThat(notice(false, "Force 46 is away.").subjectLine()).startsWith("[Sallyport] Over: ");
        assertThat(notice(false, "Force 46 is away.").text())
                .startsWith("This is over:")
                .contains("to 04:25:10 on 29 June 2026");
    }

    @Test
    void whatIsOverSaysWhenOnlyIfThatIsKnown() {
        AlertNotice notice = new AlertNotice(12, false, "LANE", "force:46", "Away.", "Ring.", 1, OPENED, null);

        assertThat(notice.text())
                .isEqualTo("This is over:\n\nAway.\n\nFrom 03:25:10 on 29 June 2026. Alert 12, force:46.\n");
    }

    @Test
    void aSubjectThatJustFitsIsLeftWhole() {
        String fits = "x".repeat(120 - "[Sallyport] ".length());

        assertThat(notice(true, fits).subjectLine()).isEqualTo("[Sallyport] " + fits);
        assertThat(notice(true, fits + "x").subjectLine()).hasSize(120).endsWith("x…");
    }

    @Test
    void aSubjectIsOneShortLine() {
        assertThat(notice(true, "one\r\nBcc: two" + "x".repeat(500)).subjectLine())
                .hasSize(120)
                .doesNotContain("\r", "\n");
    }

    private static AlertNotice notice(boolean opened, String what) {
        return new AlertNotice(
                12,
                opened,
                "LANE",
                "force:46",
                what,
                "Ring them.",
                412,
                OPENED,
                opened ? null : OPENED.plusSeconds(3600));
    }
}
