package sallyport.mappings.adjudication;

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
import sallyport.mappings.adjudication.ChargeMatch.Matter;
import sallyport.mappings.incident.IncidentReport;
import sallyport.mappings.incident.PrisonerRole;
import sallyport.mappings.match.Choice;
import sallyport.mappings.match.Choice.Verdict;
import sallyport.mappings.match.Match;
import sallyport.mappings.match.Policy;
import sallyport.mappings.match.Reason;
import sallyport.mappings.time.LondonTime;

class ChargeMatchTest {

    private static final Policy POLICY = new Policy(75, 15, 50);
    private static final String TEN = "2026-07-01T10:00:00";

    @Test
    void theSamePrisonTimeParagraphAndASuspectAreAHundred() {
        Match match = match(charge("LEI", "2026-07-01T10:05:00"), matter("ASSAILANT"));

        assertThat(match.score()).isEqualTo(100);
        assertThat(match.explained())
                .isEqualTo(
                        "same-prisoner +20, same-prison +10, within-10-minutes +30, suspect +20, same-paragraph +20");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-07-01T10:10:00, within-10-minutes",
        "2026-07-01T10:11:00, within-30-minutes",
        "2026-07-01T09:00:00, within-1-hour",
        "2026-07-01T08:00:00, within-2-hours",
        "2026-07-01T22:00:00, within-12-hours",
        "2026-07-02T10:00:00, within-1-day"
    })
    void theNearerInTimeTheMore(String time, String reason) {
        assertThat(match(charge("LEI", time), matter("ASSAILANT")).reasons())
                .extracting(Reason::code)
                .contains(reason);
    }

    @Test
    void anotherPrisonOrAnotherDayIsNoCandidate() {
        assertThat(ChargeMatch.of(charge("MDI", TEN), matter("ASSAILANT"))).isEmpty();
        assertThat(ChargeMatch.of(charge("LEI", "2026-07-02T10:00:01"), matter("ASSAILANT")))
                .isEmpty();
        assertThat(ChargeMatch.furthestApart()).hasHours(25);
    }

    @ParameterizedTest
    @CsvSource({"VICTIM", "PRESENT_AT_SCENE", "HOSTAGE"})
    void whoSufferedOrSawItIsNotChargedBecauseOfIt(String role) {
        assertThat(ChargeMatch.of(charge("LEI", TEN), matter(role))).isEmpty();
    }

    @Test
    void theSubjectOfAFamilyIsNoSuspectOfIt() {
        Matter harmed = new Matter("C", "LEI", time(TEN), "SELF_HARM", Set.of(PrisonerRole.PERPETRATOR));

        assertThat(ChargeMatch.of(charge("LEI", TEN), harmed)).isEmpty();
    }

    @Test
    void aRoleThatDoesNotSayIsForAPersonHoweverMuchElseFits() {
        Match match = match(charge("LEI", TEN), matter("ACTIVE_INVOLVEMENT"));

        assertThat(match.reasons()).extracting(Reason::code).contains("role-unsaid");
        assertThat(ChargeMatch.among(List.of(match), new Policy(50, 1, 50)).verdict())
                .isEqualTo(Verdict.ASK);
    }

    @Test
    void aSuspectWhoIsAVictimTooIsASuspect() {
        assertThat(match(charge("LEI", TEN), matter("VICTIM", "FIGHTER")).reasons())
                .extracting(Reason::code)
                .contains("suspect");
    }

    @Test
    void aParagraphOfOtherFamiliesCountsAgainst() {
        Match match = match(charge("LEI", TEN, "16", 16001, false), matter("ASSAILANT"));

        assertThat(match.explained()).endsWith("other-paragraph -25");
        assertThat(ChargeMatch.among(List.of(match), POLICY).verdict()).isEqualTo(Verdict.ASK);
    }

    @Test
    void aParagraphThatGoesWithAnythingSaysNothing() {
        assertThat(match(charge("LEI", TEN, "22", 22001, false), matter("ASSAILANT"))
                        .reasons())
                .hasSize(4);
    }

    /** What one waiting incident within the hour always did. */
    @Test
    void oneSuspectWithinTheHourIsLinkedWhateverTheParagraph() {
        Choice choice = choose(charge("LEI", "2026-07-01T11:00:00", "22", 22001, false), matter("ASSAILANT"));

        assertThat(choice.verdict()).isEqualTo(Verdict.LINK);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1002, 1",
        "1(a), 100124, 1",
        "17(a), 1700124, 17",
        "24(a), 2410124, 24",
        "12, 12101, 12",
        "20(a), 0, 20",
        "4 , 7, 4",
        "x, 0, ''"
    })
    void theOffenceCodeOrElseTheParagraphNamesTheRule(String paragraph, long code, String number) {
        assertThat(Paragraphs.number(charge("LEI", TEN, paragraph, code, false)))
                .isEqualTo(number);
    }

    @Test
    void theParagraphsOfYoungOffendersAreNumberedOtherwise() {
        assertThat(Paragraphs.number(charge("LEI", TEN, "5", 4001, true))).isEqualTo("4");
        assertThat(Paragraphs.number(charge("LEI", TEN, "5", 0, true))).isEmpty();
    }

    @Test
    void theHourThatOctoberRepeatsIsEither() {
        Matter written =
                new Matter("C", "LEI", time("2026-10-25T01:30:00Z"), "ASSAULT", Set.of(PrisonerRole.ASSAILANT));
        Matter unsaid = new Matter("C", "LEI", time("2026-10-25T01:30:00"), "ASSAULT", Set.of(PrisonerRole.ASSAILANT));

        assertThat(match(charge("LEI", "2026-10-25T01:30:00"), written).explained())
                .contains("within-10-minutes");
        assertThat(match(charge("LEI", "2026-10-25T01:30:00Z"), unsaid).explained())
                .contains("within-10-minutes");
    }

    @Test
    void twoThatAreEquallyGoodAreForAPerson() {
        Choice choice = choose(
                charge("LEI", TEN),
                new Matter("B", "LEI", time(TEN), "ASSAULT", Set.of(PrisonerRole.ASSAILANT)),
                new Matter("A", "LEI", time(TEN), "ASSAULT", Set.of(PrisonerRole.ASSAILANT)));

        assertThat(choice.verdict()).isEqualTo(Verdict.ASK);
        assertThat(choice.matches()).extracting(Match::id).containsExactly("A", "B");
    }

    @Test
    void oneThatIsGoodAndAheadIsLinked() {
        Choice choice = choose(
                charge("LEI", TEN),
                new Matter("fire", "LEI", time(TEN), "FIRE", Set.of(PrisonerRole.PERPETRATOR)),
                matter("ASSAILANT"));

        assertThat(choice.verdict()).isEqualTo(Verdict.LINK);
        assertThat(choice.matches().get(0).id()).isEqualTo("C");
    }

    @Test
    void oneThatMayBeIsForAPersonAndOneThatMayNotIsNot() {
        assertThat(choose(charge("LEI", "2026-07-01T12:00:00", "22", 22001, false), matter("ASSAILANT"))
                        .verdict())
                .isEqualTo(Verdict.ASK);
        assertThat(choose(charge("LEI", "2026-07-02T09:00:00", "16", 16001, false), matter("ASSAILANT")))
                .isEqualTo(new Choice(Verdict.WAIT, List.of()));
    }

    @Property(tries = 100)
    void theOrderChangesNothingAndEveryScoreIsWithinBounds(
            @ForAll @IntRange(max = 59) int first, @ForAll @IntRange(max = 23) int second) {
        Matter one = new Matter(
                "1", "LEI", time("2026-07-01T10:%02d:00".formatted(first)), "ASSAULT", Set.of(PrisonerRole.ASSAILANT));
        Matter other = new Matter(
                "2", "LEI", time("2026-07-01T%02d:00:00".formatted(second)), "FIRE", Set.of(PrisonerRole.PERPETRATOR));

        Choice choice = choose(charge("LEI", TEN), one, other);

        assertThat(choose(charge("LEI", TEN), other, one)).isEqualTo(choice);
        assertThat(choice.matches()).allMatch(match -> match.score() >= 0 && match.score() <= 100);
    }

    @Test
    void whatIsKeptOfACaseIsAMatterWhereTimeAndRoleAreKnown() {
        assertThat(Matter.of("C", "LEI", TEN, "ASSAULT", List.of("ASSAILANT"))).contains(matter("ASSAILANT"));
        assertThat(Matter.of("C", "LEI", null, "ASSAULT", List.of("ASSAILANT"))).isEmpty();
        assertThat(Matter.of("C", "LEI", "noon", "ASSAULT", List.of("ASSAILANT")))
                .isEmpty();
        assertThat(Matter.of("C", "LEI", TEN, "ASSAULT", List.of("CHARGED"))).isEmpty();
    }

    @Test
    void aReportIsAMatterForThoseWhoAreInIt() {
        IncidentReport report = report();

        assertThat(Matter.of("C", report, "A1234BC")).contains(matter("ASSAILANT"));
        assertThat(Matter.of("C", report, "B1234BC")).isEmpty();
    }

    @Test
    void eachChargeOfAPrisonerIsADocumentOfItsOwn() {
        byte[] two = "[{\"a\":1.0,\"b\":\"\u00e9\"},{}]".getBytes(UTF_8);

        assertThat(Adjudication.split(two))
                .extracting(each -> new String(each, UTF_8))
                .containsExactly("{\"a\":1.0,\"b\":\"\u00e9\"}", "{}");
        assertThatThrownBy(() -> Adjudication.split("{}".getBytes(UTF_8))).hasMessageContaining("schema-invalid");
    }

    @Test
    void aTableOfParagraphsThatDoesNotFitStopsTheStart() {
        for (Map<String, String> wrong : List.of(
                Map.of("paragraph", "0", "families", "FIRE", "immediate", "no"),
                Map.of("paragraph", "1", "families", "NONE", "immediate", "no"),
                Map.of("paragraph", "1", "families", "FIRE"))) {
            assertThatThrownBy(() -> Paragraphs.read(List.of(wrong))).hasMessageContaining("families.csv");
        }
        Map<String, String> unknown =
                Map.of("paragraph", "16", "families", "FIRE", "immediate", "no", "offences", "XX99999");
        assertThatThrownBy(() -> Paragraphs.read(List.of(unknown))).hasMessageContaining("unknown-offence");
        Map<String, String> fire = Map.of("paragraph", "16", "families", "FIRE", "immediate", "no");
        assertThatThrownBy(() -> Paragraphs.read(List.of(fire, fire))).isInstanceOf(IllegalStateException.class);
    }

    private static Choice choose(Adjudication charge, Matter... matters) {
        return ChargeMatch.choice(charge, List.of(matters), POLICY);
    }

    private static Match match(Adjudication charge, Matter matter) {
        return ChargeMatch.of(charge, matter).orElseThrow();
    }

    private static Matter matter(String... roles) {
        return Matter.of("C", "LEI", TEN, "ASSAULT", List.of(roles)).orElseThrow();
    }

    private static LondonTime time(String text) {
        return LondonTime.parse(text, "/");
    }

    private static Adjudication charge(String prison, String time) {
        return charge(prison, time, "1", 1002, false);
    }

    private static Adjudication charge(String prison, String time, String paragraph, long code, boolean young) {
        return InventedCharges.charge("LEI-000001", "A1234BC", prison, time, paragraph, code, young);
    }

    private static IncidentReport report() {
        return IncidentReport.read(
                """
                {"id":"0198a5c6-7b1a-7c3e-9d2f-00000000000a","reportReference":"1","type":"ASSAULT_5",
                 "incidentDateAndTime":"%s","location":"LEI","title":"Assault","description":"A man was struck",
                 "descriptionAddendums":[],"reportedBy":"U","reportedAt":"2026-07-01T12:00:00","status":"DRAFT",
                 "createdAt":"2026-07-01T12:00:00","modifiedAt":"2026-07-01T12:00:00","modifiedBy":"U","createdInNomis":false,
                 "lastModifiedInNomis":false,"questions":[],"history":[],"historyOfStatuses":[],"incidentTypeHistory":[],
                 "staffInvolved":[],"prisonersInvolved":[{"prisonerNumber":"A1234BC","firstName":"F","lastName":"L",
                 "prisonerRole":"ASSAILANT"}],"correctionRequests":[],"staffInvolvementDone":true,
                 "prisonerInvolvementDone":true}
                """
                        .formatted(TEN)
                        .getBytes(UTF_8));
    }
}
