package sallyport.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sallyport.Casebook;
import sallyport.Casebook.Case;
import sallyport.TestHub;
import sallyport.simulators.police.Force;
import sallyport.simulators.world.IncidentRecord;
import sallyport.simulators.world.Oddity;

/** What people say that no report asks, from the answer to the package at the force. */
class GroundsIT {

    private static final String CANARY = "Canary-Grounds-8841";

    private final TestHub hub = TestHub.shared();
    private final Casebook cases = new Casebook(hub);
    private String prison = "";

    @BeforeEach
    void choosePrison() {
        prison = cases.ownPrison(Force.IHUB).id();
    }

    @Test
    void aMemberOfStaffWhoAsksHasTheCaseReferredAtOnceAndTheForceIsToldWhy() {
        Case waiting = waiting();

        answer(
                waiting,
                "victim-wishes",
                """
                {"victim":"the officer","supportsProsecution":"YES","askedForReferral":true,"askedOn":"2026-08-03"}
                """);

        Case referred = cases.await(incident, "referred", known -> known.packageVersion() == 1);
        assertThat(referred.verdict()).isEqualTo("MANDATORY");
        JsonNode grounds = cases.canonical(referred, 1).path("grounds");
        assertThat(grounds.path("verdict").asText()).isEqualTo("MANDATORY");
        assertThat(grounds.path("criteria").toString()).contains("STAFF_ASSAULT");
        assertThat(grounds.path("reasons").toString()).contains("SAID-STAFF-ASKS", "Said by a person");
    }

    @Test
    void aGroundThatAPersonNamesIsInThePackageWithoutTheWordsItWasSaidIn() {
        Case waiting = waiting();

        answer(
                waiting,
                "grounds-said",
                """
                {"ground":"THREATS_TO_KILL","why":"%1$s said so","saidBy":"%1$s"},
                {"ground":"VULNERABLE_VICTIM","why":"%1$s","saidBy":"%1$s"}
                """
                        .formatted(CANARY));

        Case referred = cases.await(incident, "referred", known -> known.packageVersion() == 1);
        JsonNode sent = cases.canonical(referred, 1);
        assertThat(sent.at("/grounds/urgency").asText()).isEqualTo("IMMEDIATE");
        assertThat(sent.at("/grounds/criteria").toString()).contains("THREATS_TO_KILL");
        assertThat(sent.at("/grounds/aggravating").toString()).contains("VULNERABLE_VICTIM");
        assertThat(sent.toString()).doesNotContain(CANARY);
        assertThat(cases.count(
                        "SELECT count(*) FROM decision WHERE case_id = ? AND (explanation LIKE ? OR criteria LIKE ?)",
                        waiting.id(),
                        "%" + CANARY + "%",
                        "%" + CANARY + "%"))
                .isZero();
        assertThat(cases.count("SELECT count(*) FROM referral_case WHERE id = ? AND class = 'IMMEDIATE'", waiting.id()))
                .isEqualTo(1);
    }

    private IncidentRecord incident;

    private Case waiting() {
        incident = cases.order("staff-assault-no-injury", Oddity.NONE, prison);
        return cases.await(incident, "waiting", known -> known.state().equals("AWAITING_DECISION"));
    }

    private void answer(Case known, String item, String entries) {
        assertThat(hub.put(
                                "/api/v1/cases/" + known.reference() + "/facts/" + item,
                                "{\"state\":\"PRESENT\",\"source\":\"The liaison officer\",\"entries\":[" + entries
                                        + "]}")
                        .statusCode())
                .isEqualTo(200);
    }
}
