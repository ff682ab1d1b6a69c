package sallyport.mappings.police;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sallyport.mappings.Rejected;

class ForceManifestTest {

    private static final LocalDate DAY = LocalDate.parse("2026-10-25");
    private static final Instant NOW = Instant.parse("2026-10-26T05:00:00Z");
    private static final String SHA = "ab".repeat(32);
    private static final String GOOD =
            """
            {"type":"sallyport-manifest-v1","force":"46","day":"2026-10-25","asOf":"2026-10-26T04:59:00Z","count":2,"items":[
             {"messageId":"SP-2026-000001-v1-46","caseReference":"SP-2026-000001","version":1,"sha256":"%s","receivedAt":"2026-10-24T23:00:00Z"},
             {"messageId":"SP-2026-000002-v3-46","caseReference":"SP-2026-000002","version":3,"sha256":"%s","receivedAt":"2026-10-25T23:59:59Z"}]}
            """
                    .formatted(SHA, SHA);

    @Test
    void readsAWholeLondonDayAlsoWhenItHas25Hours() {
        ForceManifest manifest = read(GOOD);

        assertThat(manifest.items()).hasSize(2);
        assertThat(manifest.of("SP-2026-000002-v3-46").orElseThrow().version()).isEqualTo(3);
        assertThat(manifest.of("SP-2026-000009-v1-46")).isEmpty();
        assertThat(manifest.wholeDay()).isTrue();
    }

    @Test
    void aManifestFromBeforeMidnightIsNotOfAWholeDay() {
        String early = GOOD.replace("2026-10-26T04:59:00Z", "2026-10-25T23:59:59.5Z");

        assertThat(read(early).wholeDay()).isFalse();
    }

    @Test
    void aForcesClockMayBeFiveMinutesAhead() {
        assertThat(read(GOOD.replace("2026-10-26T04:59:00Z", "2026-10-26T05:05:00Z"))
                        .asOf())
                .isEqualTo(NOW.plusSeconds(300));
        assertThat(read(GOOD.replace("2026-10-26T04:59:00Z", "2026-10-26T00:00:00Z"))
                        .wholeDay())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    "force":"46"           | "force":"06"                   | other-force     | /force
                    "day":"2026-10-25"     | "day":"2026-10-26"             | other-day       | /day
                    "day":"2026-10-25"     | "day":"2099-10-25"             | other-day       | /day
                    2026-10-26T04:59:00Z   | 2026-10-26T06:00:00Z           | from-the-future | /asOf
                    2026-10-26T04:59:00Z   | 2026-10-25T00:00:00Z           | other-day       | /items/1/receivedAt
                    "count":2              | "count":3                      | cut-short       | /count
                    "count":2              | "count":2.0                    | cut-short       | /count
                    2026-10-24T23:00:00Z   | 2026-10-24T22:59:59Z           | other-day       | /items/0/receivedAt
                    2026-10-25T23:59:59Z   | 2026-10-26T00:00:00Z           | other-day       | /items/1/receivedAt
                    manifest-v1            | manifest-v2                    | schema-invalid  | /type
                    "version":3            | "version":0                    | schema-invalid  | /items/1/version
                    "version":3            | "version":"3"                  | schema-invalid  | /items/1/version
                    SP-2026-000002-v3-46   | SP-2026-000002 v3              | schema-invalid  | /items/1/messageId
                    :"SP-2026-000002","    | :"John Smith","                | schema-invalid  | /items/1/caseReference
                    "items":[              | "items":7,"more":[             | schema-invalid  | /items
                    {"type"                | {"force":"46","type"           | schema-invalid  | /
                    {"type"                | [{"type"                       | schema-invalid  | /
                    "force":"46"           | "force":46                     | schema-invalid  | /force
                    2026-10-26T04:59:00Z   | 2026-10-26T05:05:00.001Z       | from-the-future | /asOf
                    2026-10-26T04:59:00Z   | tomorrow                       | schema-invalid  | /asOf
                    "version":3            | "version":2147483648           | schema-invalid  | /items/1/version
                    """)
    void refusesTheWholeAndSaysWhere(String good, String bad, String code, String where) {
        String wrong = GOOD.replace(good, bad);
        assertThat(wrong).isNotEqualTo(GOOD);

        assertThatThrownBy(() -> read(wrong)).isInstanceOfSatisfying(Rejected.class, rejected -> {
            assertThat(rejected.code()).isEqualTo(code);
            assertThat(rejected.where()).isEqualTo(where);
            assertThat(String.valueOf(rejected.getMessage())).doesNotContain("John");
        });
    }

    @Test
    void refusesMoreThanADayCanHold() {
        String item = GOOD.substring(GOOD.indexOf("{\"messageId"), GOOD.indexOf("},") + 1);
        String most =
                "{\"type\":\"sallyport-manifest-v1\",\"force\":\"46\",\"day\":\"2026-10-25\",\"asOf\":\"2026-10-26T04:59:00Z\","
                        + "\"count\":%d,\"items\":[%s]}";

        assertThat(read(most.formatted(100_000, String.join(",", Collections.nCopies(100_000, item))))
                        .items())
                .hasSize(100_000);
        assertThatThrownBy(() -> read(most.formatted(100_001, String.join(",", Collections.nCopies(100_001, item)))))
                .hasMessage("too-many-items at /items");
    }

    @Test
    void refusesAHashThatIsNone() {
        assertThatThrownBy(() -> read(GOOD.replaceFirst("ab", "AB"))).isInstanceOf(Rejected.class);
    }

    @Test
    void everyCutIsRefused() {
        for (int length = 0; length < GOOD.strip().length(); length += 7) {
            String cut = GOOD.substring(0, length);
            assertThatThrownBy(() -> read(cut)).as(cut).isInstanceOf(Rejected.class);
        }
    }

    private static ForceManifest read(String json) {
        return ForceManifest.read(json.getBytes(StandardCharsets.UTF_8), "46", DAY, NOW);
    }
}
