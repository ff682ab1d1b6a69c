package sallyport.routes.adjudicationintake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sallyport.connectors.wire.Fetched;
import sallyport.ledger.CaseClass;
import sallyport.ledger.CaseNumbers;
import sallyport.ledger.CaseState;
import sallyport.ledger.ChargeState;
import sallyport.ledger.ChargeWork;
import sallyport.ledger.ChargeWork.Candidate;
import sallyport.ledger.Effect;
import sallyport.ledger.Effect.ChangeCase;
import sallyport.ledger.Effect.ChargeMatched;
import sallyport.ledger.Effect.CombineCases;
import sallyport.ledger.Effect.LinkRecord;
import sallyport.ledger.Effect.OpenCase;
import sallyport.ledger.Effect.OpenTask;
import sallyport.ledger.Effect.RequestWork;
import sallyport.ledger.Effects;
import sallyport.ledger.ReferralCase;
import sallyport.ledger.SourceKey;
import sallyport.ledger.SourceVersion;
import sallyport.ledger.Step;
import sallyport.mappings.adjudication.ChargeAlone;
import sallyport.mappings.canonical.Sha256;
import sallyport.routes.HubProperties;
import sallyport.routes.InventedProperties;
import sallyport.routes.Policies;

class ChargeMatchingTest {

    private static final Instant KNOWN = Instant.parse("2026-07-01T12:00:00Z");
    private static final String AT_TEN = "2026-07-01T10:00:00";

    @Test
    void theCaseThatLeadsIsLinkedAndApprovedInTheNameOfThePrison() {
        Effects effects = match(work(ChargeState.WAITING, candidate(1, "ASSAILANT", "2026-07-01T10:20:00")));

        assertThat(one(effects, ChargeMatched.class).state()).isEqualTo(ChargeState.LINKED);
        assertThat(one(effects, LinkRecord.class).caseId()).isEqualTo(1);
        ReferralCase approved = one(effects, ChangeCase.class).referralCase();
        assertThat(approved.approvedBy()).isEqualTo("prison");
        assertThat(approved.state()).isEqualTo(CaseState.IN_PROGRESS);
        assertThat(requested(effects)).contains(Step.ASSEMBLY);
    }

    @Test
    void aVictimIsNeverMatched() {
        Effects effects = match(work(ChargeState.WAITING, candidate(1, "VICTIM", AT_TEN)));

        assertThat(all(effects, LinkRecord.class)).isEmpty();
        assertThat(one(effects, RequestWork.class).step()).isEqualTo(Step.CHARGE_MATCH);
    }

    @Test
    void aCaseThatTheRulesCouldNotJudgeIsLinkedAndStillWaits() {
        Candidate unclear = candidate(1, "ASSAILANT", AT_TEN);
        Effects effects = match(work(
                ChargeState.WAITING,
                new Candidate(
                        unclear.referralCase().withVerdict("NEEDS_REVIEW", CaseClass.ROUTINE, null), unclear.roles())));

        assertThat(one(effects, LinkRecord.class).caseId()).isEqualTo(1);
        assertThat(all(effects, ChangeCase.class)).isEmpty();
    }

    @Test
    void whatAPersonKeptInternalStaysWhereItIs() {
        Candidate kept = candidate(1, "ASSAILANT", AT_TEN);
        Effects effects = match(work(
                ChargeState.WAITING,
                new Candidate(kept.referralCase().withState(CaseState.KEPT_INTERNAL), kept.roles())));

        assertThat(one(effects, ChargeMatched.class).state()).isEqualTo(ChargeState.LINKED);
        assertThat(all(effects, ChangeCase.class)).isEmpty();
    }

    @Test
    void twoThatAreEquallyGoodAreForAPersonAndARefusedOneIsNot() {
        Effects effects = match(work(
                ChargeState.WAITING,
                candidate(1, "ASSAILANT", AT_TEN),
                candidate(2, "ASSAILANT", "2026-07-01T10:10:00")));

        assertThat(one(effects, ChargeMatched.class).state()).isEqualTo(ChargeState.ASKED);
        assertThat(one(effects, ChargeMatched.class).matches()).hasSize(2);
        OpenTask task = one(effects, OpenTask.class);
        assertThat(task.kind()).isEqualTo("ADJUDICATION");
        assertThat(task.dueAt()).isEqualTo(KNOWN.plus(Duration.ofHours(4)));

        ChargeWork refused =
                work(ChargeState.ASKED, candidate(1, "ASSAILANT", AT_TEN), candidate(2, "ASSAILANT", AT_TEN));
        effects = match(with(refused, false, Set.of(1L), null));
        assertThat(one(effects, LinkRecord.class).caseId()).isEqualTo(2);
    }

    @Test
    void nothingThatFitsWaitsForItsTimeAndThenOpensACase() {
        assertThat(match(work(ChargeState.WAITING), KNOWN.plus(Duration.ofHours(1)))
                        .all())
                .containsExactly(
                        new RequestWork(Step.CHARGE_MATCH, "LEI-000001", Duration.ofHours(3), Duration.ofHours(3)));

        Effects effects = match(work(ChargeState.WAITING), KNOWN.plus(Duration.ofHours(4)));
        ReferralCase opened = one(effects, OpenCase.class).referralCase();
        assertThat(opened.approved()).isTrue();
        assertThat(opened.approvalReason())
                .isEqualTo("adjudication LEI-000001 is referred to the police, and no incident report fits it");
        assertThat(opened.family()).isEqualTo(ChargeAlone.TYPE);
        assertThat(opened.incidentReference()).isNull();
        assertThat(opened.prison()).isEqualTo("LEI");
        assertThat(opened.force()).isEqualTo("13");
        assertThat(opened.decideBy()).isEqualTo(KNOWN.plus(Duration.ofHours(28)));
        assertThat(one(effects, ChargeMatched.class).state()).isEqualTo(ChargeState.OWN);
        assertThat(one(effects, LinkRecord.class).key()).isEqualTo(new SourceKey(SourceKey.CHARGES, "LEI-000001"));
        assertThat(requested(effects)).contains(Step.ASSEMBLY, Step.CASE_SYNC, Step.PRISONER_ALERT_FETCH);
        assertThat(all(effects, Effect.Decide.class))
                .extracting(Effect.Decide::kind)
                .containsExactly("TRIAGE", "APPROVAL");
    }

    @Test
    void aPersonsWordThatItStandsAloneOpensTheCaseAtOnceWhateverFits() {
        Effects effects = match(with(work(ChargeState.ASKED, candidate(1, "ASSAILANT", AT_TEN)), true, Set.of(), null));

        assertThat(all(effects, OpenCase.class)).hasSize(1);
        assertThat(all(effects, LinkRecord.class))
                .extracting(LinkRecord::caseId)
                .containsExactly(77L);
    }

    @Test
    void onlyTheStateCountsThatTheSourceGivesNow() {
        Effects effects =
                matching(KNOWN.plus(Duration.ofHours(5))).match(fetched("NOT_PROCEED"), work(ChargeState.WAITING));

        assertThat(all(effects, OpenCase.class)).isEmpty();
        assertThat(one(effects, Effect.StoreSource.class).status()).isEqualTo("NOT_PROCEED");
        assertThat(one(effects, Effect.ChargeReferred.class).stands()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"NOT_PROCEED", "QUASHED", "UNSCHEDULED", "DISMISSED"})
    void aCaseThatRestsOnAChargeAloneFallsWithItOrItsWithdrawalIsProposed(String status) {
        Effects unsent = followed(status, own().withPackageVersion(0));
        assertThat(one(unsent, ChangeCase.class).referralCase().state()).isEqualTo(CaseState.WITHDRAWN);

        Effects sent = followed(status, own().withPackageVersion(1));
        ReferralCase proposed = one(sent, ChangeCase.class).referralCase();
        assertThat(proposed.reviewCode()).isEqualTo("withdrawal-proposed");
        assertThat(proposed.reviewDetail()).isEqualTo("OTHER: the prison's charge is now " + status);
        assertThat(followed(status, proposed).all()).isEmpty();
        assertThat(followed(status, own().withState(CaseState.WITHDRAWN)).all()).isEmpty();
    }

    @Test
    void aSecondChargeOfOneMatterMakesNoSecondCase() {
        Candidate opened = new Candidate(
                known(9, ChargeAlone.TYPE, "2026-07-01T10:20:00").approvedBy("prison", "referred", KNOWN),
                Set.of("PERPETRATOR"));

        Effects effects = match(work(ChargeState.WAITING, opened), KNOWN.plus(Duration.ofHours(5)));

        assertThat(all(effects, OpenCase.class)).isEmpty();
        assertThat(one(effects, LinkRecord.class).caseId()).isEqualTo(9);
        assertThat(one(effects, ChargeMatched.class).state()).isEqualTo(ChargeState.LINKED);
        assertThat(requested(effects)).containsExactly(Step.ASSEMBLY);
    }

    @Test
    void aCaseOfTwoChargesStandsUntilTheLastOfThemFalls() {
        ReferralCase sent = own().withPackageVersion(1);

        for (ChargeState state : List.of(ChargeState.OWN, ChargeState.LINKED)) {
            Effects stands = matching(KNOWN).match(fetched("QUASHED"), fallen(state, sent, true));
            assertThat(all(stands, ChangeCase.class)).isEmpty();
            assertThat(requested(stands)).as("the force is told").containsExactly(Step.ASSEMBLY);

            Effects falls = matching(KNOWN).match(fetched("QUASHED"), fallen(state, sent, false));
            assertThat(one(falls, ChangeCase.class).referralCase().reviewCode()).isEqualTo("withdrawal-proposed");
        }
        Effects withReport = matching(KNOWN)
                .match(fetched("QUASHED"), fallen(ChargeState.LINKED, known(1, "ASSAULT", AT_TEN), false));
        assertThat(withReport.all()).isEmpty();
    }

    private static ChargeWork fallen(ChargeState state, ReferralCase inCase, boolean othersStand) {
        return new ChargeWork(
                version("QUASHED"),
                state,
                3,
                "A1234BC",
                KNOWN,
                false,
                List.of(),
                Set.of(),
                inCase,
                othersStand,
                null,
                null);
    }

    @Test
    void aProsecutionIsWhatTheReferralWasFor() {
        Effects effects = followed("PROSECUTION", own());

        assertThat(all(effects, ChangeCase.class)).isEmpty();
        assertThat(one(effects, RequestWork.class).step()).isEqualTo(Step.ASSEMBLY);
    }

    @Test
    void aChargeThatIsReferredAgainIsNotWithdrawnAnyMore() {
        ReferralCase proposed = own().withPackageVersion(1).withReview("withdrawal-proposed", "OTHER: x");
        assertThat(one(followed("REFER_POLICE", proposed), ChangeCase.class)
                        .referralCase()
                        .reviewCode())
                .isNull();

        Effects again = followed("REFER_POLICE", own().withState(CaseState.WITHDRAWN));
        ReferralCase approved = one(again, ChangeCase.class).referralCase();
        assertThat(approved.state()).isEqualTo(CaseState.IN_PROGRESS);
        assertThat(approved.approved()).isTrue();
    }

    @Test
    void whatAPersonConfirmedBelongsToThatCase() {
        Effects effects = match(work(
                ChargeState.LINKED, new Candidate(candidate(5, "VICTIM", AT_TEN).referralCase(), Set.of())));

        assertThat(one(effects, LinkRecord.class).caseId()).isEqualTo(5);
        assertThat(one(effects, ChangeCase.class).referralCase().approvedBy()).isEqualTo("prison");
        assertThat(all(effects, ChargeMatched.class)).isEmpty();
    }

    @Test
    void anIncidentThatFitsTheCaseOfAChargeIsCombinedWithIt() {
        Effects effects = ownWith(candidate(1, "ASSAILANT", AT_TEN));

        CombineCases both = one(effects, CombineCases.class);
        assertThat(both.one().id()).isEqualTo(9);
        assertThat(both.other().id()).isEqualTo(1);
        assertThat(both.reason()).contains("score 100").contains("suspect +20");
        assertThat(one(effects, ChargeMatched.class).state()).isEqualTo(ChargeState.LINKED);
    }

    @Test
    void whatAPersonKeptInternalIsNotCombinedWithoutAPerson() {
        Candidate kept = candidate(1, "ASSAILANT", AT_TEN);
        Effects effects = ownWith(new Candidate(kept.referralCase().withState(CaseState.KEPT_INTERNAL), kept.roles()));

        assertThat(all(effects, CombineCases.class)).isEmpty();
        assertThat(one(effects, OpenTask.class).kind()).isEqualTo("ADJUDICATION");
    }

    @Test
    void casesWithDifferentCrimeReferencesAreForAPersonAndThePolice() {
        Candidate other = candidate(1, "ASSAILANT", AT_TEN);
        ChargeWork work = ownWork(
                own().withPoliceFacts("13/1/26", null, null, null),
                new Candidate(other.referralCase().withPoliceFacts("13/2/26", null, null, null), other.roles()));

        Effects effects = matching(KNOWN).match(fetched("REFER_POLICE"), work);

        assertThat(all(effects, CombineCases.class)).isEmpty();
        assertThat(all(effects, OpenTask.class)).hasSize(1);
    }

    @Test
    void oneThatMayBeTheSameIsHeldAndOneThatIsNotIsFreed() {
        Candidate held = candidate(1, "ASSAILANT", "2026-07-01T13:30:00");
        Effects asked =
                ownWith(new Candidate(held.referralCase().withReview("may-be-the-same", "a charge"), held.roles()));
        assertThat(one(asked, ChargeMatched.class).state()).isEqualTo(ChargeState.OWN);
        assertThat(one(asked, ChargeMatched.class).matches()).hasSize(1);
        assertThat(all(asked, ChangeCase.class)).isEmpty();

        ChargeWork refused = with(
                ownWork(
                        own(),
                        new Candidate(held.referralCase().withReview("may-be-the-same", "a charge"), held.roles())),
                false,
                Set.of(1L),
                own());
        Effects freed = matching(KNOWN).match(fetched("REFER_POLICE"), refused);
        assertThat(one(freed, ChangeCase.class).referralCase().reviewCode()).isNull();
        assertThat(all(freed, CombineCases.class)).isEmpty();
    }

    @Test
    void whatWasHeldForACaseGoesOnOnceThatCaseIsTakenBackAndIsLookedAtAnewWhenItComesBack() {
        Candidate fits = candidate(1, "ASSAILANT", AT_TEN);
        Candidate held = new Candidate(fits.referralCase().withReview("may-be-the-same", "a charge"), fits.roles());
        ReferralCase gone = own().withState(CaseState.WITHDRAWN);

        Effects freed = matching(KNOWN).match(fetched("NOT_PROCEED"), ownWork("NOT_PROCEED", gone, held));
        assertThat(one(freed, ChangeCase.class).referralCase().id()).isEqualTo(1);
        assertThat(one(freed, ChangeCase.class).referralCase().reviewCode()).isNull();
        assertThat(one(freed, ChargeMatched.class).matches()).isEmpty();
        assertThat(all(freed, Effect.CloseTasks.class)).hasSize(1);
        assertThat(all(freed, CombineCases.class)).isEmpty();

        Effects again = matching(KNOWN).match(fetched("REFER_POLICE"), ownWork(gone, held));
        assertThat(one(again, ChangeCase.class).referralCase().id()).isEqualTo(9);
        assertThat(requested(again)).contains(Step.CHARGE_MATCH);
    }

    @Test
    void aPersonsWordCombinesWhateverTheScore() {
        ChargeWork work = new ChargeWork(
                version("REFER_POLICE"),
                ChargeState.OWN,
                3,
                "A1234BC",
                KNOWN,
                false,
                List.of(new Candidate(known(1, "FIRE", AT_TEN), Set.of())),
                Set.of(),
                own(),
                false,
                "lead",
                "The wing says so");

        CombineCases both = one(matching(KNOWN).match(fetched("REFER_POLICE"), work), CombineCases.class);

        assertThat(both.actor()).isEqualTo("lead");
        assertThat(both.reason()).isEqualTo("The wing says so");
    }

    @Test
    void anotherChargesOwnCaseIsNotCombinedAndAJoinedOneIsSettled() {
        assertThat(all(
                        ownWith(new Candidate(known(4, ChargeAlone.TYPE, AT_TEN), Set.of("PERPETRATOR"))),
                        CombineCases.class))
                .isEmpty();

        ChargeWork joined = ownWork(known(9, "ASSAULT", AT_TEN).approvedBy("prison", "referred", KNOWN));
        assertThat(one(matching(KNOWN).match(fetched("REFER_POLICE"), joined), ChargeMatched.class)
                        .state())
                .isEqualTo(ChargeState.LINKED);
    }

    private static Effects ownWith(Candidate... others) {
        return matching(KNOWN).match(fetched("REFER_POLICE"), ownWork(own(), others));
    }

    private static ChargeWork ownWork(ReferralCase own, Candidate... others) {
        return ownWork("REFER_POLICE", own, others);
    }

    private static ChargeWork ownWork(String status, ReferralCase own, Candidate... others) {
        return new ChargeWork(
                version(status),
                ChargeState.OWN,
                3,
                "A1234BC",
                KNOWN,
                false,
                List.of(others),
                Set.of(),
                own,
                false,
                null,
                null);
    }

    @Test
    void oneThatFellAwayClosesItsWorkItem() {
        assertThat(match(work(ChargeState.DROPPED)).all()).singleElement().isInstanceOf(Effect.CloseTasks.class);
    }

    private static Effects followed(String status, ReferralCase known) {
        ChargeWork work = new ChargeWork(
                version(status),
                ChargeState.OWN,
                3,
                "A1234BC",
                KNOWN,
                false,
                List.of(),
                Set.of(),
                known,
                false,
                null,
                null);
        return matching(KNOWN).match(fetched(status), work);
    }

    private static Effects match(ChargeWork work) {
        return match(work, KNOWN);
    }

    private static Effects match(ChargeWork work, Instant now) {
        return matching(now).match(fetched("REFER_POLICE"), work);
    }

    private static ChargeMatching matching(Instant now) {
        Clock clock = Clock.fixed(now, ZoneOffset.UTC);
        HubProperties properties = InventedProperties.GENERAL;
        CaseNumbers numbers = at -> new CaseNumbers.CaseNumber(77, "SP-2026-000077");
        return new ChargeMatching(
                new ChargeProperties(75, 15, 50, Duration.ofHours(4)),
                new OwnCases(numbers, Policies.of(properties), clock),
                properties,
                clock);
    }

    private static ChargeWork work(ChargeState state, Candidate... candidates) {
        return new ChargeWork(
                version("REFER_POLICE"),
                state,
                3,
                "A1234BC",
                KNOWN,
                false,
                List.of(candidates),
                Set.of(),
                null,
                false,
                null,
                null);
    }

    private static ChargeWork with(ChargeWork work, boolean alone, Set<Long> refused, @Nullable ReferralCase inCase) {
        return new ChargeWork(
                work.charge(),
                work.state(),
                work.version(),
                work.prisonerNumber(),
                work.knownAt(),
                alone,
                work.candidates(),
                refused,
                inCase,
                false,
                null,
                null);
    }

    private static Candidate candidate(long id, String role, String occurred) {
        return new Candidate(known(id, "ASSAULT", occurred), Set.of(role));
    }

    private static ReferralCase own() {
        return known(9, ChargeAlone.TYPE, AT_TEN).approvedBy("prison", "referred", KNOWN);
    }

    private static ReferralCase known(long id, String family, String occurred) {
        return ReferralCase.opened(
                id,
                "SP-2026-%06d".formatted(id),
                "DISCRETIONARY",
                CaseClass.ROUTINE,
                "LEI",
                "13",
                family,
                null,
                KNOWN,
                occurred,
                KNOWN,
                KNOWN);
    }

    private static SourceVersion version(String status) {
        byte[] raw = raw(status);
        return new SourceVersion(
                11,
                21,
                new SourceKey(SourceKey.CHARGES, "LEI-000001"),
                1,
                raw,
                Sha256.of(raw),
                null,
                KNOWN,
                null,
                false);
    }

    private static Fetched fetched(String status) {
        return Fetched.found(
                ("[" + new String(raw(status), UTF_8) + "]").getBytes(UTF_8),
                URI.create("http://adjudications"),
                KNOWN);
    }

    private static byte[] raw(String status) {
        return ("{\"chargeNumber\":\"LEI-000001\",\"prisonerNumber\":\"A1234BC\",\"gender\":\"MALE\",\"incidentDetails\":"
                        + "{\"locationUuid\":\"0198a5c6-7b1a-7c3e-9d2f-00000000000a\",\"dateTimeOfIncident\":\""
                        + AT_TEN
                        + "\",\"dateTimeOfDiscovery\":\"" + AT_TEN
                        + "\",\"handoverDeadline\":\"2026-07-03T10:00:00\"},\"isYouthOffender\":false,\"incidentRole\":{},"
                        + "\"offenceDetails\":{\"offenceCode\":1002,\"offenceRule\":{\"paragraphNumber\":\"1\","
                        + "\"paragraphDescription\":\"Commits any assault\"},\"protectedCharacteristics\":[]},"
                        + "\"incidentStatement\":{\"statement\":\"Invented\"},\"createdByUserId\":\"U\","
                        + "\"createdDateTime\":\"2026-07-01T12:00:00\",\"status\":\"" + status
                        + "\",\"damages\":[],\"evidence\":[],\"witnesses\":[],\"hearings\":[],\"outcomes\":[],"
                        + "\"originatingAgencyId\":\"LEI\",\"linkedChargeNumbers\":[]}")
                .getBytes(UTF_8);
    }

    private static <E extends Effect> List<E> all(Effects effects, Class<E> type) {
        return effects.all().stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static <E extends Effect> E one(Effects effects, Class<E> type) {
        assertThat(all(effects, type)).as(type.getSimpleName()).hasSize(1);
        return all(effects, type).get(0);
    }

    private static List<Step> requested(Effects effects) {
        return all(effects, RequestWork.class).stream().map(RequestWork::step).toList();
    }
}
