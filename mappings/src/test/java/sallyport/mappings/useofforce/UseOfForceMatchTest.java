package sallyport.mappings.useofforce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sallyport.mappings.incident.IncidentReport;
import sallyport.mappings.match.Choice;
import sallyport.mappings.match.Choice.Verdict;
import sallyport.mappings.match.Match;
import sallyport.mappings.match.Reason;

class UseOfForceMatchTest {

    private static final String FIGHT = "\"FIGHT_BETWEEN_PRISONERS\"";

    @Test
    void theSamePrisonTimePrisonerAndReasonAreAHundred() {
        Match match = match(used("LEI", "2026-07-01T10:05", "A1234BC", FIGHT), incident("LEI", "2026-07-01T10:00"));

        assertThat(match.score()).isEqualTo(100);
        assertThat(match.explained())
                .isEqualTo("same-prison +15, within-15-minutes +25, same-prisoner +40, fitting-reason +20");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-07-01T10:15, within-15-minutes",
        "2026-07-01T09:44, within-1-hour",
        "2026-07-01T14:00, within-4-hours",
        "2026-07-02T10:00, within-1-day"
    })
    void theNearerInTimeTheMore(String time, String reason) {
        assertThat(match(used("LEI", time, "A1234BC", ""), incident("LEI", "2026-07-01T10:00", new String[0]))
                        .reasons())
                .extracting(Reason::code)
                .containsExactly("same-prison", reason);
    }

    @Test
    void anotherPrisonOrAnotherDayIsNoCandidate() {
        IncidentReport incident = incident("LEI", "2026-07-01T10:00");

        assertThat(UseOfForceMatch.of(used("MDI", "2026-07-01T10:00", "A1234BC", FIGHT), incident))
                .isEmpty();
        assertThat(UseOfForceMatch.of(used("LEI", "2026-07-02T10:01", "A1234BC", FIGHT), incident))
                .isEmpty();
        assertThat(UseOfForceMatch.of(used("LEI", "9999-07-02T10:01", "A1234BC", FIGHT), incident))
                .isEmpty();
    }

    @Test
    void whatContradictsCountsAgainst() {
        Match match =
                match(used("LEI", "2026-07-01T10:05", "B1234BC", "\"SELF_HARM\""), incident("LEI", "2026-07-01T10:00"));

        assertThat(match.explained())
                .isEqualTo("same-prison +15, within-15-minutes +25, other-prisoners -40, other-reason -20");
        assertThat(match.score()).isZero();
    }

    @Test
    void aReasonThatNamesNoTypeSaysNothing() {
        assertThat(match(
                                used(
                                        "LEI",
                                        "2026-07-01T10:05",
                                        "A1234BC",
                                        "\"UNDER_THE_INFLUENCE\", \"SOMETHING_NEW\""),
                                incident("LEI", "2026-07-01T10:00"))
                        .reasons())
                .hasSize(3);
    }

    @Test
    void theHourThatOctoberRepeatsIsEither() {
        IncidentReport second = incident("LEI", "2026-10-25T01:30:00Z");
        IncidentReport either = incident("LEI", "2026-10-25T01:30");

        assertThat(match(used("LEI", "2026-10-25T01:30", "A1234BC", ""), second).explained())
                .contains("within-15-minutes");
        assertThat(match(used("LEI", "2026-10-25T01:30:00Z", "A1234BC", ""), either)
                        .explained())
                .contains("within-15-minutes");
    }

    @Test
    void oneThatIsGoodAndAheadIsLinked() {
        IncidentReport right = incident("LEI", "2026-07-01T10:00");
        IncidentReport other = incident("LEI", "2026-07-01T10:00", "B1234BC");

        Choice choice = choose(used("LEI", "2026-07-01T10:05", "A1234BC", ""), Set.of(), other, right);

        assertThat(choice.verdict()).isEqualTo(Verdict.LINK);
        assertThat(choice.matches().get(0).id()).isEqualTo(right.id());
    }

    @Test
    void twoThatAreEquallyGoodAreForAPerson() {
        Choice choice = choose(
                used("LEI", "2026-07-01T10:05", "A1234BC", FIGHT),
                Set.of(),
                incident("LEI", "2026-07-01T10:00"),
                incident("LEI", "2026-07-01T10:03"));

        assertThat(choice.verdict()).isEqualTo(Verdict.ASK);
        assertThat(choice.matches()).hasSize(2);
    }

    @Test
    void oneThatMayBeIsForAPersonAndOneThatMayNotIsNot() {
        IncidentReport unnamed = incident("LEI", "2026-07-01T10:00", new String[0]);

        assertThat(choose(used("LEI", "2026-07-01T10:40", "A1234BC", FIGHT), Set.of(), unnamed)
                        .verdict())
                .isEqualTo(Verdict.ASK);
        assertThat(choose(used("LEI", "2026-07-01T15:00", "A1234BC", FIGHT), Set.of(), unnamed))
                .isEqualTo(new Choice(Verdict.WAIT, List.of()));
    }

    @Test
    void whatAPersonRefusedIsNotProposedAgain() {
        IncidentReport incident = incident("LEI", "2026-07-01T10:00");

        assertThat(choose(used("LEI", "2026-07-01T10:05", "A1234BC", FIGHT), Set.of(incident.id()), incident)
                        .verdict())
                .isEqualTo(Verdict.WAIT);
    }

    @Test
    void oneThatIsBeingWrittenOrWasDeletedIsPutToNothing() {
        IncidentReport incident = incident("LEI", "2026-07-01T10:00");
        String written = text("LEI", "2026-07-01T10:05", "A1234BC", FIGHT);

        for (String other : List.of(
                written.replace("SUBMITTED", "IN_PROGRESS"), written.replace("\"id\"", "\"deleted\": true, \"id\""))) {
            assertThat(choose(UseOfForceReport.read(other.getBytes(UTF_8)), Set.of(), incident)
                            .verdict())
                    .isEqualTo(Verdict.WAIT);
        }
    }

    @Property(tries = 100)
    void theOrderInWhichReportsCameChangesNothing(
            @ForAll @IntRange(max = 59) int first, @ForAll @IntRange(max = 59) int second) {
        IncidentReport one = incident("LEI", "2026-07-01T10:%02d".formatted(first));
        IncidentReport other = incident("LEI", "2026-07-01T10:%02d:01".formatted(second), "A1234BC", "B1234BC");
        UseOfForceReport used = used("LEI", "2026-07-01T10:05", "A1234BC", FIGHT);

        Choice choice = choose(used, Set.of(), one, other);

        assertThat(choose(used, Set.of(), other, one)).isEqualTo(choice);
        assertThat(choice.matches()).allMatch(match -> match.score() >= 0 && match.score() <= 100);
    }

    private static Choice choose(UseOfForceReport used, Set<String> refused, IncidentReport... incidents) {
        return UseOfForceMatch.choice(used, List.of(incidents), refused);
    }

    private static Match match(UseOfForceReport used, IncidentReport incident) {
        return UseOfForceMatch.of(used, incident).orElseThrow();
    }

    private static UseOfForceReport used(String prison, String time, String prisoner, String reasons) {
        return UseOfForceReport.read(text(prison, time, prisoner, reasons).getBytes(UTF_8));
    }

    private static String text(String prison, String time, String prisoner, String reasons) {
        return """
                {"id": 1, "agency_id": "%s", "offender_no": "%s", "incident_date": "%s", "status": "SUBMITTED",
                 "form_response": {"reasonsForUseOfForce": {"reasons": [%s]}}}
                """
                .formatted(prison, prisoner, time, reasons);
    }

    private static IncidentReport incident(String prison, String time) {
        return incident(prison, time, "A1234BC");
    }

    private static IncidentReport incident(String prison, String time, String... prisoners) {
        StringBuilder involved = new StringBuilder();
        for (String number : prisoners) {
            involved.append(involved.isEmpty() ? "" : ",")
                    .append(
                            """
                            {"prisonerNumber":"%s","firstName":"F","lastName":"L","prisonerRole":"ASSAILANT"}"""
                                    .formatted(number));
        }
        String id = UUID.nameUUIDFromBytes((time + involved).getBytes(UTF_8)).toString();
        return IncidentReport.read(
                """
                {"id":"%s","reportReference":"1","type":"ASSAULT_5","incidentDateAndTime":"%s","location":"%s",
                 "title":"Assault","description":"Two men fought",
                 "descriptionAddendums":[],"reportedBy":"U","reportedAt":"2026-07-01T12:00:00","status":"DRAFT",
                 "createdAt":"2026-07-01T12:00:00","modifiedAt":"2026-07-01T12:00:00","modifiedBy":"U","createdInNomis":false,
                 "lastModifiedInNomis":false,"questions":[],"history":[],"historyOfStatuses":[],"incidentTypeHistory":[],
                 "staffInvolved":[],"prisonersInvolved":[%s],"correctionRequests":[],"staffInvolvementDone":true,
                 "prisonerInvolvementDone":true}
                """
                        .formatted(id, time, prison, involved)
                        .getBytes(UTF_8));
    }
}
