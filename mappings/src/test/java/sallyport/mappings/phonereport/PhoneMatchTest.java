package sallyport.mappings.phonereport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
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
import sallyport.mappings.match.Policy;
import sallyport.mappings.match.Reason;

class PhoneMatchTest {

    private static final Policy POLICY = new Policy(70, 15, 50);
    private static final String WORDS = "Scalding water was thrown over another man on the landing";

    @Test
    void theSamePrisonTimeTypePersonAndWordsAreAHundred() {
        Match match = match(
                told("LEI", "2026-07-01T10:05", "assault", "A1234BC", WORDS), incident("LEI", "2026-07-01T10:00"));

        assertThat(match.score()).isEqualTo(100);
        assertThat(match.explained())
                .isEqualTo("same-prison +15, within-10-minutes +30, same-type +20, same-prisoner +25, words-alike +10");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-07-01T10:10, within-10-minutes",
        "2026-07-01T10:11, within-30-minutes",
        "2026-07-01T09:30, within-30-minutes",
        "2026-07-01T12:00, within-2-hours",
        "2026-07-01T22:00, within-12-hours",
        "2026-07-04T10:00, within-3-days"
    })
    void theNearerInTimeTheMore(String time, String reason) {
        assertThat(match(told("LEI", time, "", "", ""), incident("LEI", "2026-07-01T10:00"))
                        .reasons())
                .extracting(Reason::code)
                .containsExactly("same-prison", reason);
    }

    @Test
    void anotherPrisonOrAnotherWeekIsNoCandidate() {
        IncidentReport incident = incident("LEI", "2026-07-01T10:00");

        assertThat(PhoneMatch.of(told("MDI", "2026-07-01T10:00", "assault", "A1234BC", WORDS), incident))
                .isEmpty();
        assertThat(PhoneMatch.of(told("LEI", "2026-07-04T10:01", "assault", "A1234BC", WORDS), incident))
                .isEmpty();
        assertThat(PhoneMatch.of(told("LEI", "9999-07-04T10:01", "assault", "A1234BC", WORDS), incident))
                .isEmpty();
    }

    @Test
    void whatContradictsCountsAgainst() {
        Match match =
                match(told("LEI", "2026-07-01T10:05", "fire", "B1234BC", ""), incident("LEI", "2026-07-01T10:00"));

        assertThat(match.explained())
                .isEqualTo("same-prison +15, within-10-minutes +30, other-type -25, other-prisoners -30");
        assertThat(match.score()).isZero();
    }

    @Test
    void aNumberThatCouldNotBeReadMayHaveBeenTheOne() {
        assertThat(match(told("LEI", "2026-07-01T10:05", "", "B1234BC A123BC", ""), incident("LEI", "2026-07-01T10:00"))
                        .reasons())
                .extracting(Reason::code)
                .doesNotContain("other-prisoners");
    }

    @Test
    void wordsThatNameNoTypeSayNothing() {
        assertThat(match(told("LEI", "2026-07-01T10:05", "something bad", "", ""), incident("LEI", "2026-07-01T10:00"))
                        .reasons())
                .hasSize(2);
    }

    @Test
    void furtherPrisonersCountLittleAndTwoAtMost() {
        String four = "A1234BC A1234BD A1234BE A1234BF";
        Match match = match(
                told("LEI", "2026-07-01T10:05", "", four, ""), incident("LEI", "2026-07-01T10:00", four.split(" ")));

        assertThat(match.explained()).endsWith("same-prisoner +25, further-prisoner +5, further-prisoner +5");
    }

    @Test
    void theHourThatOctoberRepeatsIsEither() {
        // Half past one is told, and written down with its offset: the second half past one of that night.
        Match match = match(told("LEI", "2026-10-25T01:30", "", "", ""), incident("LEI", "2026-10-25T01:30:00Z"));

        assertThat(match.explained()).contains("within-10-minutes");
    }

    @Test
    void theLongestWordsNameTheType() {
        assertThat(TypeWords.families("Attempted escape from escort")).containsExactly("ATTEMPTED_ESCAPE_FROM_ESCORT");
        assertThat(TypeWords.families("ESCAPE")).containsExactlyInAnyOrder("ESCAPE_FROM_PRISON", "ESCAPE_FROM_ESCORT");
        assertThat(TypeWords.families("ASSAULT_5")).containsExactly("ASSAULT");
        assertThat(TypeWords.families("Self-Harm")).containsExactly("SELF_HARM");
        assertThat(TypeWords.families("fired")).isEmpty();
    }

    @Test
    void oneThatIsGoodAndAheadIsLinked() {
        IncidentReport right = incident("LEI", "2026-07-01T10:00");
        IncidentReport other = incident("LEI", "2026-07-01T10:00", "B1234BC");

        Choice choice = choose(told("LEI", "2026-07-01T10:05", "assault", "A1234BC", ""), Set.of(), right, other);

        assertThat(choice.verdict()).isEqualTo(Verdict.LINK);
        assertThat(choice.matches().get(0).id()).isEqualTo(right.id());
    }

    @Test
    void twoThatAreEquallyGoodAreForAPerson() {
        Choice choice = choose(
                told("LEI", "2026-07-01T10:05", "assault", "A1234BC", ""),
                Set.of(),
                incident("LEI", "2026-07-01T10:00"),
                incident("LEI", "2026-07-01T10:03"));

        assertThat(choice.verdict()).isEqualTo(Verdict.ASK);
        assertThat(choice.matches()).hasSize(2);
    }

    @Test
    void oneThatMayBeIsForAPersonAndOneThatMayNotIsNot() {
        IncidentReport incident = incident("LEI", "2026-07-01T10:00");

        assertThat(choose(told("LEI", "2026-07-01T11:00", "assault", "", ""), Set.of(), incident)
                        .verdict())
                .isEqualTo(Verdict.ASK);
        assertThat(choose(told("LEI", "2026-07-01T20:00", "assault", "", ""), Set.of(), incident))
                .isEqualTo(new Choice(Verdict.WAIT, List.of()));
    }

    @Test
    void whatAPersonRefusedIsNotProposedAgain() {
        IncidentReport incident = incident("LEI", "2026-07-01T10:00");
        PhoneReport told = told("LEI", "2026-07-01T10:05", "assault", "A1234BC", WORDS);

        assertThat(choose(told, Set.of(incident.id()), incident).verdict()).isEqualTo(Verdict.WAIT);
    }

    @Property(tries = 100)
    void theOrderInWhichReportsCameChangesNothing(
            @ForAll @IntRange(max = 59) int first, @ForAll @IntRange(max = 59) int second) {
        IncidentReport one = incident("LEI", "2026-07-01T10:%02d".formatted(first));
        IncidentReport other = incident("LEI", "2026-07-01T10:%02d:01".formatted(second), "A1234BC", "B1234BC");
        PhoneReport told = told("LEI", "2026-07-01T10:05", "assault", "A1234BC", "");

        Choice choice = choose(told, Set.of(), one, other);

        assertThat(choose(told, Set.of(), other, one)).isEqualTo(choice);
        assertThat(choice.matches()).allMatch(match -> match.score() >= 0 && match.score() <= 100);
    }

    @Test
    void tablesThatDoNotFitStopTheStart() {
        assertThatThrownBy(() -> TypeWords.read(List.of(Map.of("words", "x", "family", "NONE"))))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Columns.read(List.of(Map.of("name", "x", "column", "none"))))
                .isInstanceOf(IllegalStateException.class);
    }

    private static Choice choose(PhoneReport told, Set<String> refused, IncidentReport... incidents) {
        return PhoneMatch.choice(told, List.of(incidents), refused, POLICY);
    }

    private static Match match(PhoneReport told, IncidentReport incident) {
        return PhoneMatch.of(told, incident).orElseThrow();
    }

    private static PhoneReport told(String prison, String time, String type, String prisoners, String words) {
        String list = "reference,prison,occurred,type,prisoners,summary\nN-1,%s,%s,%s,%s,%s\n"
                .formatted(prison, time, type, prisoners, words);
        return PhoneReport.read(list.getBytes(UTF_8), 2);
    }

    private static IncidentReport incident(String prison, String time, String... prisoners) {
        StringBuilder involved = new StringBuilder();
        for (String number : prisoners.length == 0 ? new String[] {"A1234BC"} : prisoners) {
            involved.append(involved.isEmpty() ? "" : ",")
                    .append(
                            """
                            {"prisonerNumber":"%s","firstName":"F","lastName":"L","prisonerRole":"ASSAILANT"}"""
                                    .formatted(number));
        }
        String id = java.util
                .UUID
                .nameUUIDFromBytes((time + involved).getBytes(UTF_8))
                .toString();
        return IncidentReport.read(
                """
                {"id":"%s","reportReference":"1","type":"ASSAULT_5","incidentDateAndTime":"%s","location":"%s",
                 "title":"Assault","description":"Scalding water was thrown over a man on C wing landing",
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
