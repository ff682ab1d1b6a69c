package sallyport.mappings.tracker;

import static net.javacrumbs.jsonunit.assertj.JsonAssertions.assertThatJson;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import sallyport.mappings.disclosure.DisclosureProfiles;
import sallyport.mappings.identity.CaseReference;
import sallyport.mappings.identity.ForceCode;

class TrackerMappingTest {

    private static final Instant AT = Instant.parse("2026-08-04T10:15:30.5Z");

    @Test
    void theRowHasEveryColumnTheProfileLists() {
        TrackerRow row = new TrackerRow(
                new CaseReference("SP-2026-000123"),
                "MDI",
                new ForceCode("14"),
                "DELIVERED",
                "MANDATORY",
                "ROUTINE",
                AT,
                AT,
                AT,
                AT,
                2,
                "14/1/26",
                "PC 1234",
                "1A",
                AT,
                7);
        assertThatJson(text(row))
                .isEqualTo(
                        """
                {"caseReference":"SP-2026-000123","prison":"MDI","force":"14","state":"DELIVERED","verdict":"MANDATORY","class":"ROUTINE",
                 "openedAt":"2026-08-04T10:15:30.500Z","approvedAt":"2026-08-04T10:15:30.500Z","deliveredAt":"2026-08-04T10:15:30.500Z",
                 "closedAt":"2026-08-04T10:15:30.500Z","packageVersion":2,"crimeReference":"14/1/26","officer":"PC 1234","outcomeType":"1A",
                 "updatedAt":"2026-08-04T10:15:30.500Z","caseVersion":7}""");
    }

    @Test
    void whatIsNotKnownYetIsLeftOut() {
        TrackerRow row = new TrackerRow(
                new CaseReference("SP-2026-000123"),
                "MDI",
                null,
                "OPEN",
                null,
                null,
                AT,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                AT,
                1);
        assertThatJson(text(row))
                .isEqualTo(
                        """
                {"caseReference":"SP-2026-000123","prison":"MDI","state":"OPEN","openedAt":"2026-08-04T10:15:30.500Z",
                 "updatedAt":"2026-08-04T10:15:30.500Z","caseVersion":1}""");
    }

    @Test
    void whatWasRenderedIsReadBack() {
        TrackerRow row = new TrackerRow(
                new CaseReference("SP-2026-000123"),
                "MDI",
                new ForceCode("14"),
                "DELIVERED",
                "MANDATORY",
                "ROUTINE",
                AT,
                AT,
                AT,
                AT,
                2,
                "14/1/26",
                "PC 1234",
                "1A",
                AT,
                7);

        assertThat(TrackerMapping.read(TrackerMapping.render(row, DisclosureProfiles.of("tracker"))))
                .isEqualTo(row);
    }

    private static String text(TrackerRow row) {
        return new String(TrackerMapping.render(row, DisclosureProfiles.of("tracker")), StandardCharsets.UTF_8);
    }
}
