package sallyport.routes.triage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import sallyport.ledger.CaseClass;
import sallyport.ledger.CaseNumbers;
import sallyport.ledger.CaseState;
import sallyport.ledger.Effect.ChangeCase;
import sallyport.ledger.Effects;
import sallyport.ledger.ReferralCase;
import sallyport.ledger.SourceKey;
import sallyport.ledger.SourceVersion;
import sallyport.ledger.StoredFact;
import sallyport.ledger.StoredNote;
import sallyport.ledger.TriageWork;
import sallyport.mappings.canonical.Sha256;
import sallyport.mappings.incident.IncidentReport;
import sallyport.mappings.triage.Triage;
import sallyport.routes.Policies;
import sallyport.routes.Reviews;

/** What an amended report does to a case that is approved. */
class KeptUpTest {

    private static final Instant NOW = Instant.parse("2026-07-01T16:00:00Z");
    private static final String FIRE = "45133=182473 44567=180481";
    private static final String STABBING =
            "61285=213112 61287=213115 61294=213136 61296=213149 61298=213159 61299=213163";
    private static final String HELD_FOR = "a charge has opened SP-2026-000001, which may be the same matter";

    @Test
    void whatAPersonApprovedThoughTheAnswersDoNotSettleItIsNotAskedAgain() {
        for (String type : List.of("DEATH_PRISONER_1", "BOMB_1", "MISCELLANEOUS_1", "BREACH_OF_SECURITY_1")) {
            byte[] report = report(type, "", "PERPETRATOR");
            ReferralCase approved = approved("NEEDS_REVIEW");

            assertThat(amended(approved, report, report).reviewCode()).as(type).isNull();
        }
    }

    @Test
    void aNewReasonForAPersonToLookIsAsked() {
        ReferralCase after = amended(
                approved("NEEDS_REVIEW"),
                report("MISCELLANEOUS_1", "", "PERPETRATOR"),
                report("MISCELLANEOUS_1", "44456=180003", "PERPETRATOR"));

        assertThat(after.reviewCode()).isEqualTo("verdict-changed");
        assertThat(after.verdict()).isEqualTo("NEEDS_REVIEW");
    }

    @Test
    void aDeathAfterTheFireWasApprovedMakesTheCaseImmediateAndIsAsked() {
        ReferralCase after = amended(
                approved("DISCRETIONARY"),
                report("FIRE_1", FIRE, "PERPETRATOR"),
                report("FIRE_1", FIRE + " 44181=179092", "PERPETRATOR"));

        assertThat(after.caseClass()).isEqualTo(CaseClass.IMMEDIATE);
        assertThat(after.reviewCode()).isEqualTo("verdict-changed");

        ReferralCase milder = amended(
                after.withReview(null, null),
                report("FIRE_1", FIRE + " 44181=179092", "PERPETRATOR"),
                report("FIRE_1", FIRE, "PERPETRATOR"));
        assertThat(milder.caseClass()).as("once immediate, always").isEqualTo(CaseClass.IMMEDIATE);
    }

    @Test
    void aDeathIsImmediateThoughThePrisonHasDecidedOnACharge() {
        ReferralCase after = amended(
                approved("DISCRETIONARY"),
                report("FIRE_1", FIRE, "PERPETRATOR"),
                report("FIRE_1", FIRE + " 44181=179092", "PERPETRATOR"),
                true);

        assertThat(after.caseClass()).isEqualTo(CaseClass.IMMEDIATE);
        assertThat(after.reviewCode()).isNull();
    }

    @Test
    void aMandatoryVerdictDoesNotFallByItself() {
        byte[] mild =
                report("ASSAULT_5", "61285=213112 61288=213120 61287=213116 61294=213136 61296=213150", "ASSAILANT");
        ReferralCase after = amended(approved("MANDATORY"), report("ASSAULT_5", STABBING, "ASSAILANT"), mild);

        assertThat(after.reviewCode()).isEqualTo("verdict-changed");
        assertThat(after.verdict()).isEqualTo("MANDATORY");
        assertThat(amended(after.withReview("confirmed", "verdict-changed"), mild, mild)
                        .reviewCode())
                .isEqualTo("confirmed");
        assertThat(amended(after.withReview(null, null), mild, mild).reviewCode())
                .as("confirmed and sent: the same edit again is no news")
                .isNull();
    }

    @Test
    void aHeldCaseStaysHeldWhenItsAnswersContradictEachOtherAndAreMended() {
        ReferralCase held = approved("MANDATORY").withReview("may-be-the-same", HELD_FOR);
        byte[] clear = report("ASSAULT_5", STABBING, "ASSAILANT");
        byte[] contradictory = report("ASSAULT_5", "61285=213112 61294=213136 61296=213150 61298=213159", "ASSAILANT");

        ReferralCase doubted = amended(held, clear, contradictory);
        assertThat(doubted.reviewCode()).isEqualTo("may-be-the-same");
        assertThat(doubted.reviewDetail()).startsWith(HELD_FOR).contains("verdict-changed");
        assertThat(Reviews.settled(doubted).reviewCode())
                .as("not the same matter: then this is asked")
                .isEqualTo("verdict-changed");

        ReferralCase mended = amended(doubted, contradictory, clear);
        assertThat(mended.reviewCode()).isEqualTo("may-be-the-same");
        assertThat(mended.reviewDetail()).isEqualTo(HELD_FOR);
    }

    @Test
    void suspectsThatAreLostWhileACaseIsHeldAreAskedAboutAfterwards() {
        ReferralCase held = approved("MANDATORY").withReview("may-be-the-same", HELD_FOR);

        ReferralCase lost =
                amended(held, report("ASSAULT_5", STABBING, "ASSAILANT"), report("ASSAULT_5", "61285=213112"));

        assertThat(lost.reviewCode()).isEqualTo("may-be-the-same");
        assertThat(Reviews.settled(lost).reviewCode()).isEqualTo("suspects-lost");
    }

    @Test
    void aHeldCaseWhoseReportIsGoneForAWhileIsHeldStill() {
        ReferralCase held = approved("MANDATORY").withReview("may-be-the-same", HELD_FOR);
        byte[] clear = report("ASSAULT_5", STABBING, "ASSAILANT");

        ReferralCase gone = amended(held, clear, status(clear, "DUPLICATE"));
        assertThat(gone.reviewCode()).isEqualTo("withdrawal-proposed");
        assertThat(gone.reviewDetail()).startsWith("DUPLICATE");

        assertThat(amended(gone, clear, clear).reviewCode()).isEqualTo("may-be-the-same");
    }

    @Test
    void aReportThatIsOneAgainIsSeenByAPersonWhereTheRulesLeaveItOpen() {
        byte[] death = report("DEATH_PRISONER_1", "", "DECEASED");
        ReferralCase gone = approved("NEEDS_REVIEW").withReview("withdrawal-proposed", "DUPLICATE");

        assertThat(amended(gone, death, death).reviewCode()).isEqualTo("verdict-changed");
    }

    @Test
    void anEditDoesNotAnswerThatThePlaceIsAnotherForces() {
        byte[] report = report("ASSAULT_5", STABBING, "ASSAILANT");
        ReferralCase elsewhere = approved("MANDATORY")
                .withForce("43")
                .withReview("force-changed", "the place of the offence is now one of force 13");

        assertThat(amended(elsewhere, report, report).reviewCode()).isEqualTo("force-changed");
        assertThat(amended(elsewhere.withForce("13"), report, report).reviewCode())
                .as("it is this force's place after all")
                .isNull();
    }

    @Test
    void aCaseThatWaitsIsNotWithdrawnWhereItsVictimAskedForIt() {
        byte[] mild = report("ASSAULT_5", "61285=213112 61287=213115 61294=213136 61296=213150", "ASSAILANT", "VICTIM");
        byte[] unsure = report("ASSAULT_5", "61285=213112 61287=213115", "ASSAILANT", "VICTIM");
        ReferralCase waiting = waiting("NEEDS_REVIEW");

        assertThat(amended(waiting, unsure, mild).state()).isEqualTo(CaseState.WITHDRAWN);
        ReferralCase asked = amended(waiting, unsure, mild, false, wishes("L", true));
        assertThat(asked.state()).isEqualTo(CaseState.AWAITING_DECISION);
        assertThat(asked.verdict()).isEqualTo("NEEDS_REVIEW");
        assertThat(amended(waiting, unsure, mild, false, wishes("L", false)).state())
                .isEqualTo(CaseState.WITHDRAWN);
    }

    @Test
    void aNoteThatAPersonAskedForKeepsAWaitingCaseForAPerson() {
        byte[] unsure = report("ASSAULT_5", "61285=213112 61287=213115", "ACTIVE_INVOLVEMENT");
        byte[] mild = report("ASSAULT_5", "61285=213112 61287=213115 61294=213136 61296=213150", "ACTIVE_INVOLVEMENT");

        assertThat(amended(waiting("NEEDS_REVIEW"), unsure, mild, List.of()).state())
                .isEqualTo(CaseState.WITHDRAWN);
        assertThat(amended(waiting("NEEDS_REVIEW"), unsure, mild, List.of(note("{"), note(THREAT)))
                        .state())
                .isEqualTo(CaseState.AWAITING_DECISION);
    }

    @Test
    void aGroundThatAPersonNamesRaisesTheClassOfAnApprovedCaseToo() {
        byte[] report = report("ASSAULT_5", STABBING, "ASSAILANT");
        ReferralCase after = amended(
                approved("MANDATORY"),
                report,
                report,
                false,
                fact(
                        "grounds-said",
                        "{\"entries\":[{\"ground\":\"RAPE\",\"why\":\"w\",\"saidBy\":\"s\"}],"
                                + "\"source\":\"s\",\"state\":\"PRESENT\"}"));

        assertThat(after.caseClass()).isEqualTo(CaseClass.IMMEDIATE);
        assertThat(after.reviewCode()).isNull();
    }

    @Test
    void anAnswerThatCannotBeReadOrIsErasedHoldsUpNothing() {
        byte[] report = report("MISCELLANEOUS_1", "", "PERPETRATOR");

        assertThat(amended(
                                approved("NEEDS_REVIEW"),
                                report,
                                report,
                                false,
                                fact("grounds-said", "{"),
                                fact("victim-wishes", ""),
                                fact("exhibits", "{"))
                        .reviewCode())
                .isNull();
    }

    @Test
    void aWaitingCaseThatBecomesImmediateHasTheTimeFromWhenThatWasWritten() {
        ReferralCase waiting = waiting("DISCRETIONARY");

        ReferralCase dead = amended(
                waiting.withVerdict("DISCRETIONARY", CaseClass.ROUTINE, NOW.plus(Duration.ofHours(30))),
                report("FIRE_1", FIRE, "PERPETRATOR"),
                report("FIRE_1", FIRE + " 44181=179092", "PERPETRATOR"));

        assertThat(dead.caseClass()).isEqualTo(CaseClass.IMMEDIATE);
        assertThat(dead.decideBy()).isEqualTo("2026-07-02T11:00:00Z");
        assertThat(amended(
                                waiting,
                                report("FIRE_1", FIRE, "PERPETRATOR"),
                                report("FIRE_1", FIRE + " 44181=179092", "PERPETRATOR"))
                        .decideBy())
                .as("never more time than there was")
                .isEqualTo(waiting.decideBy());
    }

    private static final String THREAT =
            """
            {"caseNoteId":"0198a5c6-7b1a-7c3e-9d2f-00000000000b","offenderIdentifier":"A1234BC","type":"OBSERVE","typeDescription":"O",
             "subType":"THREAT_ST","subTypeDescription":"T","source":"OCNS","creationDateTime":"2026-07-01T12:00:00",
             "occurrenceDateTime":"2026-07-01T11:00:00","authorName":"U","authorUserId":"1","authorUsername":"U","text":"T",
             "locationId":"LEI","eventId":1,"sensitive":false,"amendments":[],"systemGenerated":false,"legacyId":1}
            """;

    private static StoredNote note(String content) {
        return new StoredNote(1, "WITNESS_ACCOUNT", content.getBytes(UTF_8), new byte[32]);
    }

    private static StoredFact wishes(String victim, boolean asks) {
        return fact(
                "victim-wishes",
                "{\"entries\":[{\"askedForReferral\":" + asks + ",\"victim\":\"" + victim
                        + "\"}],\"source\":\"s\",\"state\":\"PRESENT\"}");
    }

    private static StoredFact fact(String item, String content) {
        return new StoredFact(item, 1, content.getBytes(UTF_8), new byte[32]);
    }

    private static ReferralCase amended(ReferralCase known, byte[] before, byte[] now) {
        return amended(known, before, now, false);
    }

    private static ReferralCase amended(ReferralCase known, byte[] before, byte[] now, List<StoredNote> notes) {
        return changed(judge(known, before, now, false, notes, List.of()));
    }

    private static ReferralCase amended(
            ReferralCase known, byte[] before, byte[] now, boolean referredCharge, StoredFact... said) {
        return changed(judge(known, before, now, referredCharge, List.of(), List.of(said)));
    }

    private static ReferralCase changed(Effects effects) {
        return effects.all().stream()
                .filter(ChangeCase.class::isInstance)
                .map(ChangeCase.class::cast)
                .findFirst()
                .orElseThrow()
                .referralCase();
    }

    private static Effects judge(
            ReferralCase known,
            byte[] before,
            byte[] now,
            boolean referredCharge,
            List<StoredNote> notes,
            List<StoredFact> facts) {
        IncidentReport judged = IncidentReport.read(before);
        TriageWork work = new TriageWork(
                new SourceKey(SourceKey.INCIDENTS, judged.id()),
                new SourceVersion(
                        11,
                        21,
                        new SourceKey(SourceKey.INCIDENTS, judged.id()),
                        2,
                        now,
                        Sha256.of(now),
                        null,
                        NOW,
                        null,
                        false),
                known,
                "",
                Triage.rules().decide(judged).explanationJson(),
                judged.prisonersInvolved().stream()
                        .map(IncidentReport.PrisonerInvolvement::prisonerNumber)
                        .collect(Collectors.toSet()),
                List.of(),
                Map.of(),
                notes,
                facts,
                referredCharge,
                List.of());
        CaseNumbers none = at -> {
            throw new AssertionError("opens no case");
        };
        return new Triaging(
                        none,
                        TriagingTest.PROPERTIES,
                        Policies.of(TriagingTest.PROPERTIES),
                        TriagingTest.CHARGES,
                        Clock.fixed(NOW, ZoneOffset.UTC))
                .judge(work);
    }

    private static ReferralCase approved(String verdict) {
        return waiting(verdict).approvedBy("ann", "serious", NOW);
    }

    private static ReferralCase waiting(String verdict) {
        return ReferralCase.opened(
                9,
                "SP-2026-000009",
                verdict,
                CaseClass.ROUTINE,
                "LEI",
                "13",
                "ASSAULT",
                "50000001",
                NOW,
                "2026-07-01T10:00:00",
                NOW,
                NOW);
    }

    private static byte[] status(byte[] report, String status) {
        return new String(report, UTF_8).replace("AWAITING_REVIEW", status).getBytes(UTF_8);
    }

    /** @param answers {@code question=answer}, by blanks */
    private static byte[] report(String type, String answers, String... roles) {
        String questions = Arrays.stream(answers.split(" "))
                .filter(each -> !each.isEmpty())
                .map(each -> each.split("="))
                .map(each ->
                        """
                        {"code":"%s","question":"Q","label":"Q","responses":[{"code":"%s","response":"A","label":"A",
                         "recordedBy":"U","recordedAt":"2026-07-01T12:00:00"}]}
                        """
                                .formatted(each[0], each[1]))
                .collect(Collectors.joining(","));
        String people = Arrays.stream(roles)
                .map(role ->
                        """
                        {"prisonerNumber":"A1234BC","firstName":"F","lastName":"L","prisonerRole":"%s"}
                        """
                                .formatted(role))
                .collect(Collectors.joining(","));
        return """
                {"id":"0198a5c6-7b1a-7c3e-9d2f-00000000000a","reportReference":"50000001","type":"%s",
                 "incidentDateAndTime":"2026-07-01T10:05:00","location":"LEI","title":"T","description":"D",
                 "descriptionAddendums":[],"reportedBy":"U","reportedAt":"2026-07-01T12:00:00","status":"AWAITING_REVIEW",
                 "createdAt":"2026-07-01T12:00:00","modifiedAt":"2026-07-01T12:00:00","modifiedBy":"U","createdInNomis":false,
                 "lastModifiedInNomis":false,"questions":[%s],"history":[],"historyOfStatuses":[],"incidentTypeHistory":[],
                 "staffInvolved":[],"prisonersInvolved":[%s],"correctionRequests":[],"staffInvolvementDone":true,
                 "prisonerInvolvementDone":true}
                """
                .formatted(type, questions, people)
                .getBytes(UTF_8);
    }
}
