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
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import sallyport.ledger.CaseClass;
import sallyport.ledger.CaseNumbers;
import sallyport.ledger.CaseState;
import sallyport.ledger.Effect;
import sallyport.ledger.Effect.ChangeCase;
import sallyport.ledger.Effect.LinkRecord;
import sallyport.ledger.Effect.OpenCase;
import sallyport.ledger.Effect.OpenedKnowing;
import sallyport.ledger.Effect.RequestWork;
import sallyport.ledger.Effects;
import sallyport.ledger.ReferralCase;
import sallyport.ledger.SourceKey;
import sallyport.ledger.SourceVersion;
import sallyport.ledger.Step;
import sallyport.ledger.TriageWork;
import sallyport.ledger.TriageWork.ChargeCase;
import sallyport.mappings.adjudication.ChargeAlone;
import sallyport.mappings.canonical.Sha256;
import sallyport.routes.HubProperties;
import sallyport.routes.InventedProperties;
import sallyport.routes.Policies;
import sallyport.routes.adjudicationintake.ChargeProperties;

/** Incident reports that come to cases which charges opened for want of one. */
class TriagingTest {

    private static final Instant NOW = Instant.parse("2026-07-01T16:00:00Z");

    static final HubProperties PROPERTIES = InventedProperties.GENERAL;
    static final ChargeProperties CHARGES = new ChargeProperties(75, 15, 50, Duration.ofHours(4));

    @Test
    void aReportThatFitsJoinsTheCaseOfTheChargeAndOpensNone() {
        Effects effects = judge(work(null, "2026-07-01T10:05:00", false, chargeCase(9, "2026-07-01T10:00:00")));

        assertThat(all(effects, OpenCase.class)).isEmpty();
        assertThat(one(effects, LinkRecord.class).caseId()).isEqualTo(9);
        ReferralCase joined = one(effects, ChangeCase.class).referralCase();
        assertThat(joined.incidentReference()).isEqualTo("50000001");
        assertThat(joined.family()).isEqualTo("ASSAULT");
        assertThat(joined.state()).isEqualTo(CaseState.DELIVERED);
        assertThat(joined.reviewCode())
                .as("the prison has decided, whatever the rules make of the report")
                .isNull();
        assertThat(all(effects, RequestWork.class)).contains(RequestWork.now(Step.ASSEMBLY, "SP-2026-000009"));
        assertThat(one(effects, Effect.Log.class).evidence().detail()).contains("score 100");
    }

    @Test
    void oneThatMayFitOpensACaseThatIsHeld() {
        Effects effects = judge(work(null, "2026-07-01T12:30:00", false, chargeCase(9, "2026-07-01T10:00:00")));

        ReferralCase opened = one(effects, OpenCase.class).referralCase();
        assertThat(opened.reviewCode()).isEqualTo("may-be-the-same");
        assertThat(opened.reviewDetail()).contains("SP-2026-000009");
        assertThat(one(effects, OpenedKnowing.class).known()).containsExactly(9L);
        assertThat(one(effects, OpenedKnowing.class).ofCharges()).isTrue();
    }

    @Test
    void twoThatFitEquallyWellAreForAPerson() {
        Effects effects = judge(work(
                null,
                "2026-07-01T10:05:00",
                false,
                chargeCase(8, "2026-07-01T10:00:00"),
                chargeCase(9, "2026-07-01T10:00:00")));

        assertThat(one(effects, OpenCase.class).referralCase().reviewCode()).isEqualTo("may-be-the-same");
    }

    @Test
    void oneOfAnotherDayOpensACaseAsEver() {
        Effects effects = judge(work(null, "2026-07-03T10:05:00", false, chargeCase(9, "2026-07-01T10:00:00")));

        assertThat(one(effects, OpenCase.class).referralCase().reviewCode()).isNull();
    }

    @Test
    void anImmediateReportThatIsFetchedEightHoursLateHasEightHoursLess() {
        // Reported at 12:00 London time, fetched at 20:00; the prison has twelve hours.
        Instant late = Instant.parse("2026-07-01T19:00:00Z");
        TriageWork death = work("DEATH_PRISONER_1", null, "2026-07-01T10:05:00", false);

        ReferralCase opened = one(judge(death, late), OpenCase.class).referralCase();
        assertThat(opened.decideBy()).isEqualTo(late.plus(Duration.ofHours(4)));
        assertThat(opened.openedAt()).isEqualTo(late);

        TriageWork assault = work(null, "2026-07-01T10:05:00", false);
        assertThat(one(judge(assault, late), OpenCase.class).referralCase().decideBy())
                .as("of the other class")
                .isEqualTo(late.plus(Duration.ofHours(12)));
    }

    @Test
    void aChargeThatCannotBeReadIsNoReasonToWait() {
        ReferralCase known = own(9);
        Effects effects = judge(work(
                null, "2026-07-01T10:05:00", false, new ChargeCase(known, version(SourceKey.CHARGES, "LEI-9", "{}"))));

        assertThat(all(effects, OpenCase.class)).hasSize(1);
    }

    @Test
    void aReportThatJoinsTheCaseOfAFallenChargeDoesNotUnsayThatItsWithdrawalIsProposed() {
        ChargeCase fallen = chargeCase(
                own(9).withReview("withdrawal-proposed", "OTHER: quashed"), "2026-07-01T10:00:00", "QUASHED");

        ReferralCase joined = one(judge(work(null, "2026-07-01T10:05:00", false, fallen)), ChangeCase.class)
                .referralCase();

        assertThat(joined.incidentReference()).isEqualTo("50000001");
        assertThat(joined.reviewCode()).isEqualTo("withdrawal-proposed");
        assertThat(joined.reviewDetail()).isEqualTo("OTHER: quashed");

        ChargeCase unseen = chargeCase(own(9), "2026-07-01T10:00:00", "QUASHED");
        assertThat(one(judge(work(null, "2026-07-01T10:05:00", false, unseen)), ChangeCase.class)
                        .referralCase()
                        .reviewCode())
                .as("no charge speaks for it, and the rules cannot judge the report")
                .isEqualTo("verdict-changed");
    }

    @Test
    void theRulesDoNotUnsayWhatThePrisonHasDecidedOnACharge() {
        ReferralCase known = own(9).withIncidentReference("50000001");

        assertThat(one(judge(work(known, "2026-07-01T10:05:00", true)), ChangeCase.class)
                        .referralCase()
                        .reviewCode())
                .isNull();
        assertThat(one(judge(work(known, "2026-07-01T10:05:00", false)), ChangeCase.class)
                        .referralCase()
                        .reviewCode())
                .isEqualTo("verdict-changed");
    }

    @Test
    void aPrisonsOwnTimeToDecideCounts() {
        assertThat(one(judge(work(null, "2026-07-01T10:05:00", false)), Effect.OpenCase.class)
                        .referralCase()
                        .decideBy())
                .isEqualTo(NOW.plus(Duration.ofHours(12)));
    }

    private static Effects judge(TriageWork work) {
        return judge(work, NOW);
    }

    private static Effects judge(TriageWork work, Instant now) {
        CaseNumbers numbers = at -> new CaseNumbers.CaseNumber(77, "SP-2026-000077");
        return new Triaging(numbers, PROPERTIES, policies(PROPERTIES), CHARGES, Clock.fixed(now, ZoneOffset.UTC))
                .judge(work);
    }

    /** The prison of these reports has agreed to half the time. */
    private static Policies policies(HubProperties properties) {
        return Policies.of(
                properties,
                List.of(Map.of(
                        "policy", "decide-within",
                        "prison", "LEI",
                        "force", "*",
                        "class", "*",
                        "value", "PT12H",
                        "why", "agreed")));
    }

    private static TriageWork work(
            @Nullable ReferralCase known, String occurred, boolean referredCharge, ChargeCase... chargeCases) {
        return work("ASSAULT_5", known, occurred, referredCharge, chargeCases);
    }

    private static TriageWork work(
            String type,
            @Nullable ReferralCase known,
            String occurred,
            boolean referredCharge,
            ChargeCase... chargeCases) {
        SourceVersion report = version(
                SourceKey.INCIDENTS,
                "0198a5c6-7b1a-7c3e-9d2f-00000000000a",
                """
                {"id":"0198a5c6-7b1a-7c3e-9d2f-00000000000a","reportReference":"50000001","type":"%s",
                 "incidentDateAndTime":"%s","location":"LEI","title":"Assault","description":"A man was struck",
                 "descriptionAddendums":[],"reportedBy":"U","reportedAt":"2026-07-01T12:00:00","status":"AWAITING_REVIEW",
                 "createdAt":"2026-07-01T12:00:00","modifiedAt":"2026-07-01T12:00:00","modifiedBy":"U","createdInNomis":false,
                 "lastModifiedInNomis":false,"questions":[],"history":[],"historyOfStatuses":[],"incidentTypeHistory":[],
                 "staffInvolved":[],"prisonersInvolved":[{"prisonerNumber":"A1234BC","firstName":"F","lastName":"L",
                 "prisonerRole":"ASSAILANT"}],"correctionRequests":[],"staffInvolvementDone":true,
                 "prisonerInvolvementDone":true}
                """
                        .formatted(type, occurred));
        return new TriageWork(
                report.key(),
                report,
                known,
                null,
                null,
                Set.of(),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                referredCharge,
                Arrays.asList(chargeCases));
    }

    private static ChargeCase chargeCase(long id, String occurred) {
        return chargeCase(own(id), occurred, "REFER_POLICE");
    }

    private static ChargeCase chargeCase(ReferralCase known, String occurred, String status) {
        return new ChargeCase(
                known,
                version(
                        SourceKey.CHARGES,
                        "LEI-" + known.id(),
                        """
                        {"chargeNumber":"LEI-%d","prisonerNumber":"A1234BC","gender":"MALE","incidentDetails":
                         {"locationUuid":"0198a5c6-7b1a-7c3e-9d2f-00000000000a","dateTimeOfIncident":"%s",
                          "dateTimeOfDiscovery":"%s","handoverDeadline":"2026-07-03T10:00:00"},
                         "isYouthOffender":false,"incidentRole":{},"offenceDetails":{"offenceCode":1002,"offenceRule":
                         {"paragraphNumber":"1","paragraphDescription":"Commits any assault"},"protectedCharacteristics":[]},
                         "incidentStatement":{"statement":"Invented"},"createdByUserId":"U",
                         "createdDateTime":"2026-07-01T12:00:00","status":"%s","damages":[],"evidence":[],
                         "witnesses":[],"hearings":[],"outcomes":[],"originatingAgencyId":"LEI","linkedChargeNumbers":[]}
                        """
                                .formatted(known.id(), occurred, occurred, status)));
    }

    private static ReferralCase own(long id) {
        return ReferralCase.opened(
                        id,
                        "SP-2026-%06d".formatted(id),
                        "DISCRETIONARY",
                        CaseClass.ROUTINE,
                        "LEI",
                        "13",
                        ChargeAlone.TYPE,
                        null,
                        Instant.parse("2026-07-01T09:00:00Z"),
                        "2026-07-01T10:00:00",
                        NOW,
                        NOW)
                .withPackageVersion(1)
                .approvedBy("prison", "referred", NOW)
                .withState(CaseState.DELIVERED);
    }

    private static SourceVersion version(String system, String id, String raw) {
        byte[] bytes = raw.getBytes(UTF_8);
        return new SourceVersion(11, 21, new SourceKey(system, id), 1, bytes, Sha256.of(bytes), null, NOW, null, false);
    }

    private static <E extends Effect> List<E> all(Effects effects, Class<E> type) {
        return effects.all().stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static <E extends Effect> E one(Effects effects, Class<E> type) {
        assertThat(all(effects, type)).as(type.getSimpleName()).hasSize(1);
        return all(effects, type).get(0);
    }
}
