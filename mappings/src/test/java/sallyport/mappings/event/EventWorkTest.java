package sallyport.mappings.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sallyport.mappings.table.CsvTable;

class EventWorkTest {

    private static final List<Map<String, String>> ROWS = CsvTable.rows("sallyport/event/event-types.csv");

    @Test
    void everyTypeThatIsKnownHasARowAndNoneHasTwo() {
        Set<String> types = ROWS.stream().map(row -> row.get("type")).collect(Collectors.toSet());

        assertThat(types).hasSameSizeAs(ROWS);
        assertThat(CsvTable.rows("sallyport/facts/events.csv"))
                .hasSizeGreaterThan(45)
                .allSatisfy(shape -> assertThat(types)
                        .as(shape.get("type"))
                        .containsAnyOf(shape.get("type"), shape.get("type").replaceFirst("[^.]+$", "*")));
    }

    @Test
    void whatIsOnlyCountedSaysWhy() {
        assertThat(ROWS.stream().filter(row -> row.get("work").equals("COUNTED")))
                .isNotEmpty()
                .allSatisfy(
                        row -> assertThat(row.get("why")).as(row.get("type")).isNotBlank());
    }

    @ParameterizedTest
    @CsvSource({
        "incident.report.created, INCIDENT",
        "incident.report.somethingNew, INCIDENT",
        "incident.reported, COUNTED",
        "person.case-note.moved, CASE_NOTE",
        "person.alerts.changed, ALERT",
        "adjudication.outcome.referPolice, REFERRED",
        "adjudication.hearingReferral.created, REFERRED",
        "adjudication.punishments.suspended.created, CHARGE",
        "adjudication.something.new, CHARGE",
        "prisoner-offender-search.prisoner.released, PERSON",
        "prisoner-offender-search.prisoner.received, PERSON",
        "prisoner-offender-search.prisoner.updated, PERSON",
        "prisoner-offender-search.prisoner.created, COUNTED",
        "person.csip-record.updated, COUNTED",
        "non-associations.created, COUNTED",
        "nobody.knows.this, COUNTED",
        "plain, COUNTED",
        ".x, COUNTED"
    })
    void theLongestRowThatFitsWins(String type, EventWork work) {
        assertThat(EventWork.ofType(type)).isEqualTo(work);
    }

    @Test
    void aHearingReferralThatIsNotToThePoliceIsAboutAChargeAndNoMore() {
        assertThat(EventWork.of(hearingReferral("REFER_POLICE"))).isEqualTo(EventWork.REFERRED);
        assertThat(EventWork.of(hearingReferral("REFER_INAD"))).isEqualTo(EventWork.CHARGE);
    }

    private static DomainEvent hearingReferral(String status) {
        return DomainEvent.read(
                ("{\"eventType\":\"adjudication.hearingReferral.created\",\"additionalInformation\":{\"chargeNumber\":\"MDI-1\",\"status\":\""
                                + status + "\"}}")
                        .getBytes(UTF_8));
    }
}
