package sallyport.mappings.referral;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import sallyport.mappings.adjudication.Adjudication;
import sallyport.mappings.incident.IncidentReport;
import sallyport.mappings.referral.Readiness.State;
import sallyport.mappings.triage.Criteria;
import sallyport.mappings.triage.Reason;
import sallyport.mappings.triage.Triage;
import sallyport.mappings.triage.Verdict;
import sallyport.mappings.triage.Verdict.Kind;

class GroundsSaidTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CANARY = "Canary Quill";

    /** A member of staff, Ficta, was assaulted; Arbor is suspected. */
    private static final String STAFF = "assault-on-staff-without-injury";

    private static final String PRISONERS = "assault-between-prisoners-without-injury";

    @Test
    void theMemberOfStaffWhoAsksMakesItMandatory() {
        assertThat(verdict(STAFF).kind()).isEqualTo(Kind.DISCRETIONARY);

        for (String name : List.of("Fio Ficta", "PO FICTA", "the officer")) {
            Verdict said = weighed(STAFF, wishes(name, true));

            assertThat(said.kind()).as(name).isEqualTo(Kind.MANDATORY);
            assertThat(said.criteria()).contains("STAFF_ASSAULT");
            assertThat(said.reasons())
                    .filteredOn(reason -> reason.ruleId().equals("SAID-STAFF-ASKS"))
                    .singleElement()
                    .satisfies(reason -> assertThat(reason.explanation()).contains("Said by a person", "asks"));
            assertThat(GroundsSaid.staffAsked(said.explanationJson())).isTrue();
        }
        assertThat(GroundsSaid.staffAsked(verdict(STAFF).explanationJson())).isFalse();
        assertThat(weighed(STAFF, wishes("Ficta", false))).isEqualTo(verdict(STAFF));
    }

    @Test
    void anotherVictimWhoAsksSendsWhatWouldBeClearedToAPersonAndNoFurther() {
        assertThat(verdict(PRISONERS).kind()).isEqualTo(Kind.NOT_REFERABLE);

        Verdict said = weighed(PRISONERS, wishes("Testperson", true));
        assertThat(said.kind()).isEqualTo(Kind.NEEDS_REVIEW);
        assertThat(ids(said)).contains("SAID-VICTIM-ASKS");
        assertThat(said.criteria()).isEqualTo(verdict(PRISONERS).criteria());

        IncidentReport both = report(STAFF, tree -> person(tree, "Birch", "VICTIM"));
        assertThat(GroundsSaid.weigh(Triage.rules().decide(both), both, List.of(wishes("Mr Birch", true)))
                        .kind())
                .as("a prisoner who was hurt beside the member of staff")
                .isEqualTo(Kind.DISCRETIONARY);
        assertThat(GroundsSaid.weigh(Triage.rules().decide(both), both, List.of(wishes("Officer Ficta", true)))
                        .kind())
                .isEqualTo(Kind.MANDATORY);
    }

    @Test
    void aConnectionWithTerrorismMakesAnAssaultOnStaffMandatoryAndSendsTheRestToAPerson() {
        assertThat(weighed(STAFF, terrorism(true)).kind()).isEqualTo(Kind.MANDATORY);
        assertThat(ids(weighed(STAFF, terrorism(true)))).contains("SAID-TERRORISM-STAFF");
        assertThat(weighed(PRISONERS, terrorism(true)).kind()).isEqualTo(Kind.NEEDS_REVIEW);
        assertThat(weighed("find-drugs-on-prisoner", terrorism(true)).kind())
                .as("it is referred case by case already")
                .isEqualTo(Kind.DISCRETIONARY);
        assertThat(weighed(PRISONERS, terrorism(false))).isEqualTo(verdict(PRISONERS));
    }

    @Test
    void aCriterionOfAnnexAThatAPersonNamesMakesItMandatory() {
        for (String code : List.of("RAPE", "THREATS_TO_KILL", "ROBBERY")) {
            Verdict said = weighed(PRISONERS, ground(code));

            assertThat(said.kind()).as(code).isEqualTo(Kind.MANDATORY);
            assertThat(said.criteria()).containsExactly(code);
            assertThat(said.reasons())
                    .filteredOn(reason -> reason.criterion().equals(code))
                    .extracting(Reason::explanation)
                    .containsExactly("Said by a person: "
                            + Criteria.find(code).orElseThrow().words());
        }
        assertThat(weighed(PRISONERS, ground("RAPE")).immediate()).isTrue();
        assertThat(weighed(PRISONERS, ground("ROBBERY")).immediate()).isFalse();
        assertThat(weighed(PRISONERS, ground("ROBBERY"), ground("PHONE")).criteria())
                .containsExactly("ROBBERY", "PHONE");
    }

    @Test
    void aFactorOfAnnexDOpensWhatWouldBeClearedAndOutvotesNoDoubt() {
        for (Criteria.Criterion factor : Criteria.all()) {
            if (!factor.annexA()) {
                Verdict said = weighed(PRISONERS, ground(factor.code()));

                assertThat(said.kind()).as(factor.code()).isEqualTo(Kind.DISCRETIONARY);
                assertThat(said.aggravating()).containsExactly(factor.code());
                assertThat(said.immediate()).isFalse();
            }
        }
        assertThat(weighed("bomb", ground("ONGOING_RISK")).kind()).isEqualTo(Kind.NEEDS_REVIEW);
        assertThat(weighed("bomb", ground("ONGOING_RISK")).immediate()).isTrue();
    }

    @Test
    void whatAPersonMaySayIsWhatTheAnnexesHave() {
        assertThat(FactForm.of(ReadinessItem.GROUNDS_SAID).fields().get(0).choices())
                .containsExactlyElementsOf(
                        Criteria.all().stream().map(Criteria.Criterion::code).toList());
        assertThat(Criteria.find("POLICE_INVOLVED")).isEmpty();
    }

    @Test
    void nothingIsLackingWhereNobodyAddsAny() {
        for (List<Readiness> found : List.of(List.<Readiness>of(), Checklist.unknown())) {
            assertThat(Checklist.answered(found, List.of(), List.of(), Set.of()))
                    .filteredOn(item -> item.item() == ReadinessItem.GROUNDS_SAID)
                    .containsExactly(new Readiness(
                            ReadinessItem.GROUNDS_SAID, Readiness.State.NOT_APPLICABLE, "Nobody has added any."));
        }
    }

    @Test
    void nobodysWordsAreInTheVerdict() {
        Verdict said = weighed(STAFF, ground("RAPE"), wishes(CANARY, true), terrorism(true));

        assertThat(said.toString()).doesNotContain(CANARY);
        assertThat(said.explanationJson()).doesNotContain(CANARY);
    }

    @Test
    void whatATypeChangeEmptiedStaysForAPerson() {
        assertThat(weighed("dirty-protest-type-changed-and-emptied", ground("RAPE")))
                .returns(Kind.NEEDS_REVIEW, Verdict::kind)
                .returns(List.of("RAPE"), Verdict::criteria);
    }

    @Test
    void whatThisVersionDoesNotKnowAndWhatIsMissingSaysNothing() {
        Fact missing = new Fact(ReadinessItem.GROUNDS_SAID, State.NOT_APPLICABLE, List.of(), "None", "I");

        assertThat(weighed(PRISONERS, ground("WITCHCRAFT"), missing)).isSameAs(weighed(PRISONERS));
    }

    @Test
    void aChargeOfTheCaseThatNamesAProtectedCharacteristicIsAFactor() {
        IncidentReport report = report(PRISONERS, tree -> {});
        Verdict cleared = Triage.rules().decide(report);

        Verdict hate = GroundsSaid.ofCharges(cleared, report, List.of(charge("\"RACE\"", "REFER_POLICE")));
        assertThat(hate.aggravating()).containsExactly("HATE_CRIME");
        assertThat(ids(hate)).contains("CHARGE-HATE-CRIME");
        assertThat(GroundsSaid.ofCharges(hate, report, List.of(charge("\"RACE\"", "REFER_POLICE"))))
                .isEqualTo(hate);
        assertThat(GroundsSaid.ofCharges(cleared, report, List.of(charge("", "REFER_POLICE"))))
                .isEqualTo(cleared);
        assertThat(GroundsSaid.ofCharges(cleared, report, List.of(charge("\"RACE\"", "QUASHED"))))
                .isEqualTo(cleared);
    }

    private static Set<String> ids(Verdict verdict) {
        return verdict.reasons().stream().map(Reason::ruleId).collect(Collectors.toSet());
    }

    private static final Map<String, Verdict> DECIDED = new java.util.HashMap<>();

    private static Verdict verdict(String golden) {
        return DECIDED.computeIfAbsent(golden, name -> Triage.rules().decide(report(name, tree -> {})));
    }

    private static Verdict weighed(String golden, Fact... facts) {
        return GroundsSaid.weigh(
                verdict(golden), report(golden, tree -> {}), Stream.of(facts).toList());
    }

    private static Fact ground(String code) {
        return new Fact(
                ReadinessItem.GROUNDS_SAID,
                State.PRESENT,
                List.of(Map.of("ground", code, "why", CANARY, "saidBy", CANARY)),
                null,
                CANARY);
    }

    private static Fact wishes(String victim, boolean asks) {
        return new Fact(
                ReadinessItem.VICTIM_WISHES,
                State.PRESENT,
                List.of(Map.of("victim", victim, "askedForReferral", asks)),
                null,
                "The liaison officer");
    }

    private static Fact terrorism(boolean connected) {
        return new Fact(
                ReadinessItem.TERRORISM_CONNECTION,
                State.PRESENT,
                List.of(Map.of("connected", connected, "saidBy", CANARY)),
                null,
                "The unit");
    }

    private static void person(ObjectNode tree, String lastName, String role) {
        ObjectNode person = tree.withArray("prisonersInvolved").get(0).deepCopy();
        person.put("prisonerNumber", "A5678CD").put("lastName", lastName).put("prisonerRole", role);
        tree.withArray("prisonersInvolved").add(person);
    }

    private static IncidentReport report(String golden, java.util.function.Consumer<ObjectNode> change) {
        try {
            ObjectNode tree = (ObjectNode)
                    JSON.readTree(Files.readAllBytes(Path.of("src/test/resources/golden/triage", golden, "in.json")));
            change.accept(tree);
            return IncidentReport.read(JSON.writeValueAsBytes(tree));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Adjudication charge(String characteristics, String status) {
        return Adjudication.readOne(
                """
                {"chargeNumber":"LEI-1","prisonerNumber":"A1234BC","gender":"MALE","incidentDetails":
                 {"locationUuid":"0198a5c6-7b1a-7c3e-9d2f-00000000000a","dateTimeOfIncident":"2026-07-01T10:00:00",
                  "dateTimeOfDiscovery":"2026-07-01T10:00:00","handoverDeadline":"2026-07-03T10:00:00"},
                 "isYouthOffender":false,"incidentRole":{},"offenceDetails":{"offenceCode":1002,"offenceRule":
                 {"paragraphNumber":"1","paragraphDescription":"Commits any assault"},"protectedCharacteristics":[%s]},
                 "incidentStatement":{"statement":"Invented"},"createdByUserId":"U",
                 "createdDateTime":"2026-07-01T12:00:00","status":"%s","damages":[],"evidence":[],
                 "witnesses":[],"hearings":[],"outcomes":[],"originatingAgencyId":"LEI","linkedChargeNumbers":[]}
                """
                        .formatted(characteristics, status)
                        .getBytes(StandardCharsets.UTF_8));
    }
}
