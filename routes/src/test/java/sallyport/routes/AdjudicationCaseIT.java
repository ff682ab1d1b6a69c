package sallyport.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDateTime;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sallyport.Casebook;
import sallyport.PartnerCalls;
import sallyport.TestHub;
import sallyport.simulators.police.Delivery;
import sallyport.simulators.police.Force;
import sallyport.simulators.world.IncidentRecord;
import sallyport.simulators.world.Oddity;
import sallyport.simulators.world.Prison;

/** Adjudications that are referred to the police, with an incident report and without one. */
class AdjudicationCaseIT {

    /** Discretionary but for the prison's own answer; its charge is referred to the police. */
    private static final String REFERRED = "disorder-police-referral";

    private final TestHub hub = TestHub.shared();
    private final Casebook cases = new Casebook(hub);
    private String prison = "";
    private String force = "";

    /** A prison of its own for each test: a charge of somebody who is in a case of the same hour belongs to that one. */
    @BeforeEach
    void choosePrison() {
        Prison chosen = cases.ownPrison(Force.IHUB);
        prison = chosen.id();
        force = chosen.force();
    }

    @BeforeEach
    void leaveTheCasesOpen() {
        cases.leaveOpen();
    }

    @AfterEach
    void letThemBeClosed() {
        cases.letThemBeClosed();
    }

    @Test
    void aReferredChargeBelongsToTheCaseOfItsIncident() {
        IncidentRecord incident = cases.order(REFERRED, Oddity.NONE, prison);
        Casebook.Case known = cases.await(incident, "open", one -> true);

        hub.simulators().life().writePapers(incident.id());

        awaitState(charge(incident), "LINKED");
        assertThat(cases.count(
                        "SELECT count(*) FROM case_record r JOIN source_record s ON s.id = r.record"
                                + " WHERE s.system = 'adjudication-charges' AND s.record_id = ? AND r.case_id = ?",
                        charge(incident),
                        known.id()))
                .isEqualTo(1);
        assertThat(cases.count(
                        "SELECT count(*) FROM evidence WHERE kind = 'COMBINATION' AND case_reference = ?"
                                + " AND detail LIKE '%same-paragraph +20%'",
                        known.reference()))
                .isEqualTo(1);
    }

    @Test
    void aChargeWithoutAnIncidentBecomesACaseThatIsSentAndSaysSo() {
        IncidentRecord draft = hub.simulators().life().order(REFERRED, Oddity.NONE, prison, "DRAFT");
        hub.simulators().life().writePapers(draft.id());
        awaitState(charge(draft), "WAITING");

        Casebook.Case own = openedAlone(draft);

        assertThat(own.verdict()).isEqualTo("DISCRETIONARY");
        assertThat(own.prison()).isEqualTo(prison);
        await("the force has it").until(() -> accepted(own) == 1);
        JsonNode sent = cases.canonical(own, 1);
        assertThat(sent.at("/incident/number").asText()).isEqualTo(charge(draft));
        assertThat(sent.at("/grounds/prisonDecided").asBoolean()).isTrue();
        assertThat(sent.at("/grounds/reasons/0/explanation").asText()).contains("no incident report fits it");
        assertThat(sent.path("adjudications")).anySatisfy(one -> {
            assertThat(one.path("chargeNumber").asText()).isEqualTo(charge(draft));
            assertThat(one.path("concerns").asText()).isEqualTo("THIS_INCIDENT");
        });
        assertThat(sent.at("/adjudications/0/chargeNumber").asText()).isEqualTo(charge(draft));
        assertThat(sent.at("/persons/0/role").asText()).isEqualTo("SUSPECT");
        assertThat(cases.parked(draft)).isEmpty();
        assertThat(Traces.whole(hub, own, 1).path("fields")).anySatisfy(field -> {
            assertThat(field.path("field").asText()).isEqualTo("/incident/title");
            assertThat(field.path("recordId").asText()).isEqualTo(charge(draft));
        });
    }

    @Test
    void anIncidentReportThatComesLaterJoinsTheCaseAndTheForceGetsASupplement() {
        IncidentRecord draft = hub.simulators().life().order(REFERRED, Oddity.NONE, prison, "DRAFT");
        hub.simulators().life().writePapers(draft.id());
        awaitState(charge(draft), "WAITING");
        Casebook.Case own = openedAlone(draft);
        await("the force has it").until(() -> accepted(own) == 1);

        hub.simulators().life().submit(draft.id());

        Casebook.Case joined = cases.await(draft, "joined", known -> known.packageVersion() == 2);
        assertThat(joined.reference()).as("no second case").isEqualTo(own.reference());
        await("the supplement is there").until(() -> accepted(own) == 2);
        JsonNode sent = cases.canonical(joined, 2);
        assertThat(sent.at("/kind").asText()).isEqualTo("SUPPLEMENT");
        assertThat(sent.at("/incident/number").asText()).isEqualTo(draft.reference());
        awaitState(charge(draft), "LINKED");
        assertThat(cases.count(
                        "SELECT count(*) FROM evidence WHERE kind = 'COMBINATION' AND case_reference = ? AND detail LIKE '%score%'",
                        own.reference()))
                .isEqualTo(1);
        assertThat(cases.disposition(draft)).isEqualTo("CASE");
    }

    @Test
    void aReportThatMayBeTheChargesMatterIsNotSentBesideItHoweverItsAnswersChange() {
        IncidentRecord draft = hub.simulators().life().order(REFERRED, Oddity.NONE, prison, "DRAFT");
        hub.simulators().life().writePapers(draft.id());
        awaitState(charge(draft), "WAITING");
        Casebook.Case own = openedAlone(draft);
        await("the force has it").until(() -> accepted(own) == 1);
        // Near enough to be the same matter, too far to be joined without a person.
        hub.simulators()
                .life()
                .amend(
                        draft.id(),
                        report -> report.put(
                                "incidentDateAndTime",
                                LocalDateTime.parse(report.path("incidentDateAndTime")
                                                .asText())
                                        .minusMinutes(150)
                                        .toString()));
        hub.simulators().life().submit(draft.id());
        Casebook.Case held = cases.await(draft, "held", known -> "may-be-the-same".equals(known.reviewCode()));
        assertThat(held.reference()).isNotEqualTo(own.reference());

        answered(draft, "63179", "214684", "214685");
        awaitVerdicts(held, "NEEDS_REVIEW", 1);
        answered(draft, "63179", "214685", "214684");
        awaitVerdicts(held, "DISCRETIONARY", 2);
        cases.awaitQuiet(held);

        assertThat(cases.find(draft).orElseThrow().reviewCode()).isEqualTo("may-be-the-same");
        assertThat(cases.arrivals(held)).isEmpty();
        assertThat(accepted(own)).as("the force has the one package").isEqualTo(1);
    }

    private void answered(IncidentRecord incident, String question, String was, String becomes) {
        hub.simulators().life().amend(incident.id(), report -> {
            report.path("questions").forEach(asked -> {
                if (asked.path("code").asText().equals(question)) {
                    ObjectNode given = (ObjectNode) asked.at("/responses/0");
                    assertThat(given.path("code").asText()).isEqualTo(was);
                    given.put("code", becomes);
                }
            });
            return report;
        });
    }

    private void awaitVerdicts(Casebook.Case known, String verdict, long wanted) {
        await(verdict)
                .until(() -> cases.count(
                                "SELECT count(*) FROM decision WHERE case_id = ? AND kind = 'TRIAGE' AND verdict = ?",
                                known.id(),
                                verdict)
                        == wanted);
    }

    @Test
    void aPersonCombinesTwoCasesThatWereBothSentAndTheOldReferenceLeadsToTheSurvivor() {
        IncidentRecord draft = hub.simulators().life().order(REFERRED, Oddity.NONE, prison, "DRAFT");
        hub.simulators().life().writePapers(draft.id());
        awaitState(charge(draft), "WAITING");
        Casebook.Case own = openedAlone(draft);
        await("the force has it").until(() -> accepted(own) == 1);
        // The report gives another day: no score finds them.
        hub.simulators().life().amend(draft.id(), report -> report.put("incidentDateAndTime", "2026-01-05T10:00:00"));
        hub.simulators().life().submit(draft.id());
        Casebook.Case second = cases.awaitDelivered(draft, 1);
        assertThat(second.reference()).isNotEqualTo(own.reference());

        assertThat(hub.post(
                                "/api/v1/cases/" + second.reference() + "/combine",
                                "{\"with\":\"" + own.reference() + "\",\"reason\":\"The prison mistook the day\"}")
                        .statusCode())
                .isEqualTo(202);

        Casebook.Case survivor =
                cases.await(draft, "combined", known -> known.reference().equals(own.reference()));
        await("the force has the supplement").until(() -> accepted(own) == 2);
        await("and the withdrawal of the other").until(() -> accepted(second) == 2);
        JsonNode withdrawal = cases.canonical(second, 2);
        assertThat(withdrawal.at("/kind").asText()).isEqualTo("WITHDRAWAL");
        assertThat(withdrawal.at("/withdrawal/reason").asText()).isEqualTo("DUPLICATE");
        assertThat(cases.canonical(survivor, 2).at("/kind").asText()).isEqualTo("SUPPLEMENT");
        assertThat(cases.count(
                        "SELECT count(*) FROM evidence WHERE kind = 'COMBINATION' AND case_reference IN (?, ?) AND detail LIKE 'combined %'",
                        own.reference(), second.reference()))
                .isEqualTo(2);

        var moved = hub.get("/api/v1/cases/" + second.reference());
        assertThat(moved.statusCode()).isEqualTo(301);
        assertThat(moved.headers().firstValue("Location").orElse("")).endsWith(own.reference());

        cases.letThemBeClosed();
        String message = "combined-" + second.reference();
        assertThat(new PartnerCalls(hub)
                        .outcome(
                                force,
                                PartnerCalls.document(
                                        message,
                                        second.reference(),
                                        force,
                                        "\"type\":\"OFFICER_ALLOCATED\",\"officer\":\"PC 7\""))
                        .statusCode())
                .isBetween(200, 202);
        cases.awaitInbound(force, message, "APPLIED");
        assertThat(cases.count(
                        "SELECT count(*) FROM outcome WHERE message_id = ? AND case_id = ? AND officer = 'PC 7'",
                        message,
                        own.id()))
                .isEqualTo(1);
    }

    private Casebook.Case openedAlone(IncidentRecord draft) {
        long id = cases.count(
                "SELECT id FROM source_record WHERE system = 'adjudication-charges' AND record_id = ?", charge(draft));
        assertThat(hub.post("/api/v1/referred-charges/" + id + "/alone", "{\"reason\":\"The prison writes no report\"}")
                        .statusCode())
                .isEqualTo(202);
        awaitState(charge(draft), "OWN");
        return caseOf(charge(draft)).orElseThrow();
    }

    private Optional<Casebook.Case> caseOf(String charge) {
        return hub.jdbc()
                .sql(
                        "SELECT c.id, c.reference, c.state, c.verdict, c.prison, c.force, c.package_version, c.crime_reference,"
                                + " c.officer, c.outcome_type, c.review_code FROM referral_case c JOIN case_record r ON r.case_id = c.id"
                                + " JOIN source_record s ON s.id = r.record WHERE s.system = 'adjudication-charges' AND s.record_id = ?")
                .param(charge)
                .query(Casebook.Case.class)
                .optional();
    }

    private long accepted(Casebook.Case known) {
        return cases.arrivals(known).stream().filter(Delivery::accepted).count();
    }

    private String charge(IncidentRecord incident) {
        return "%s-%06d".formatted(incident.prison(), incident.index());
    }

    private void awaitState(String charge, String state) {
        await("charge " + charge + " is " + state)
                .until(() -> cases.count(
                                "SELECT count(*) FROM referred_charge c JOIN source_record s ON s.id = c.record"
                                        + " WHERE s.record_id = ? AND c.state = ?",
                                charge,
                                state)
                        == 1);
    }
}
