package sallyport.mappings.triage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sallyport.mappings.incident.IncidentReport;

class DecisionTimeTest {

    private IncidentReport report;
    private Instant now;

    /** Reported at 10:05 and changed at 11:15 London time; the hub has it twenty hours later. */
    @BeforeEach
    void read() throws IOException {
        report = IncidentReport.read(Files.readAllBytes(Path.of("src/test/resources/golden/triage/bomb/in.json")));
        now = report.reportedAt().instant().plus(Duration.ofHours(20));
    }

    @Test
    void theImmediateClassCountsFromWhenThePrisonReportedIt() {
        assertThat(DecisionTime.startsAt(report, true, false, now))
                .isEqualTo(report.reportedAt().instant())
                .isEqualTo("2026-08-03T09:05:11.123456Z");
    }

    @Test
    void whatBecameImmediateCountsFromTheChangeThatMadeItSo() {
        assertThat(DecisionTime.startsAt(report, true, true, now))
                .isEqualTo(report.modifiedAt().instant())
                .isEqualTo("2026-08-03T10:15:31.1Z");
    }

    @Test
    void everythingElseCountsFromWhenTheHubHasIt() {
        assertThat(DecisionTime.startsAt(report, false, false, now)).isEqualTo(now);
        assertThat(DecisionTime.startsAt(report, false, true, now)).isEqualTo(now);
    }

    @Test
    void aClockThatIsAheadGivesNoMoreTime() {
        Instant earlier = report.reportedAt().instant().minusSeconds(60);

        assertThat(DecisionTime.startsAt(report, true, false, earlier)).isEqualTo(earlier);
    }
}
