package sallyport.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatObject;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import sallyport.Casebook;
import sallyport.Casebook.Case;
import sallyport.Casebook.Inbound;
import sallyport.Casebook.Parked;
import sallyport.PartnerCalls;
import sallyport.TestHub;
import sallyport.simulators.police.Force;
import sallyport.simulators.world.IncidentRecord;
import sallyport.simulators.world.Oddity;
import sallyport.simulators.world.PrisonLife;
import sallyport.simulators.world.Prisons;

/** What does not fit ends in sight, names its field and stops nothing else. */
class BadInputIT {

    private final TestHub hub = TestHub.shared();
    private final PrisonLife life = hub.simulators().life();
    private final Casebook cases = new Casebook(hub);
    private final PartnerCalls partners = new PartnerCalls(hub);
    private final String prison = cases.prisonReachedBy(Force.IHUB);
    private final String force = cases.forceReachedBy(Force.IHUB);
    private final String otherForce = cases.forceReachedBy(Force.CJSE);

    @Test
    void aReportWithoutLocationIsParkedUntilItHasOne() {
        parksUntilAmended(
                Oddity.MISSING_LOCATION,
                new Parked("triage", "REJECTED", "schema-invalid", "/location"),
                report -> report.put("location", prison));
    }

    @Test
    void aReportWithAnUnknownRoleIsParkedUntilItHasAKnownOne() {
        parksUntilAmended(
                Oddity.UNKNOWN_ROLE,
                new Parked("triage", "REJECTED", "unknown-code", "/prisonersInvolved/0/prisonerRole"),
                report -> {
                    ((ObjectNode) report.at("/prisonersInvolved/0")).put("prisonerRole", "ASSAILANT");
                    return report;
                });
    }

    @Test
    void aReportOfAnUnknownTypeIsParkedUntilItHasAKnownOne() {
        parksUntilAmended(
                Oddity.UNKNOWN_TYPE,
                new Parked("triage", "REJECTED", "unknown-incident-type", "/type"),
                report -> report.put("type", "ASSAULT_5"));
    }

    private void parksUntilAmended(Oddity oddity, Parked expected, UnaryOperator<ObjectNode> mended) {
        IncidentRecord bad = cases.order(oddity, prison);
        IncidentRecord after = cases.order(Oddity.NONE, prison);

        assertThat(cases.awaitParked(bad)).isEqualTo(expected);
        cases.awaitDelivered(after, 1);
        assertThat(cases.parked(bad)).containsExactly(expected);
        assertThat(cases.find(bad)).isEmpty();

        life.amend(bad.id(), mended);

        cases.awaitDelivered(bad, 1);
        assertThat(cases.parked(bad)).isEmpty();
    }

    @Test
    void aReportOfTheWrongShapeIsParkedUntilItFits() {
        IncidentRecord bad = cases.order(Oddity.WRONG_SHAPE, prison);
        IncidentRecord after = cases.order(Oddity.NONE, prison);

        assertThat(cases.awaitParked(bad)).isEqualTo(new Parked("triage", "REJECTED", "schema-invalid", "/questions"));
        cases.awaitDelivered(after, 1);

        life.amend(bad.id(), report -> {
            report.putArray("questions");
            return report;
        });

        await("judged").untilAsserted(() -> assertThat(cases.disposition(bad)).isNotIn("UNJUDGED", "unknown"));
        assertThat(cases.parked(bad)).isEmpty();
    }

    @Test
    void aLocationThatIsNoPrisonIsToldToNobody() {
        IncidentRecord incident = cases.order(Oddity.NONE, prison);
        Case known = cases.awaitDelivered(incident, 1);

        life.amend(incident.id(), report -> report.put("location", "Cell of a person"));

        assertThat(cases.awaitParked(incident))
                .isEqualTo(new Parked("triage", "REJECTED", "invalid-prison-id", "/location"));
        cases.awaitQuiet(known);
        assertThat(cases.find(incident).orElseThrow().prison()).isEqualTo(prison);
        assertThat(cases.arrivals(known)).hasSize(1);
    }

    @Test
    void anEscortHasNoForceUntilAPersonSaysWhere() {
        parksAtAssembly(cases.order(Oddity.ON_ESCORT, prison), "force-needs-confirmation");
    }

    @Test
    void aClosedPrisonHasNoForce() {
        parksAtAssembly(cases.order(Oddity.CLOSED_PRISON, prison), "prison-without-force");
    }

    @Test
    void aPrisonOnABoundaryHasNoForceUntilAPersonSaysWhich() {
        String boundary = Prisons.read().boundary().get(0).id();
        parksAtAssembly(cases.order(Oddity.BOUNDARY_PRISON, boundary), "force-needs-confirmation");
    }

    private void parksAtAssembly(IncidentRecord incident, String code) {
        IncidentRecord after = cases.order(Oddity.NONE, prison);

        assertThat(cases.awaitParked(incident)).isEqualTo(new Parked("assembly", "REJECTED", code, "/location"));

        Case parked = cases.find(incident).orElseThrow();
        assertThat(parked.force()).isNull();
        assertThatObject(cases.file(parked).at("/parked/0"))
                .returns("REJECTED", seen -> seen.path("kind").asText())
                .returns("/location", seen -> seen.path("where").asText());
        cases.awaitDelivered(after, 1);
        assertThat(cases.arrivals(parked)).isEmpty();
    }

    @Test
    void aPrisonerNobodyKnowsIsParkedUntilTheReportNamesOneWhoIsKnown() {
        IncidentRecord bad = cases.order(Oddity.UNKNOWN_PRISONER, prison);
        IncidentRecord after = cases.order(Oddity.NONE, prison);
        Parked expected = new Parked("assembly", "REJECTED", "unknown-prisoner", "/prisonersInvolved/0/prisonerNumber");

        assertThat(cases.awaitParked(bad)).isEqualTo(expected);
        Case known = cases.awaitDelivered(after, 1);
        assertThat(cases.parked(bad)).containsExactly(expected);

        life.amend(bad.id(), report -> {
            ((ObjectNode) report.at("/prisonersInvolved/0"))
                    .put(
                            "prisonerNumber",
                            cases.canonical(known, 1)
                                    .at("/persons/0/prisonerNumber")
                                    .asText());
            return report;
        });

        cases.awaitDelivered(bad, 1);
        assertThat(cases.parked(bad)).isEmpty();
    }

    @Test
    void anOutcomeWithAnUnknownCodeIsRefusedByItsField() {
        Case known = delivered();
        String document = PartnerCalls.document(id(), known.reference(), force, "\"type\":\"OUTCOME\",\"code\":\"19\"");

        var answer = partners.outcome(force, document);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThatObject(Casebook.tree(answer.body()).at("/errors/0"))
                .returns("unknown-outcome", error -> error.path("code").asText())
                .returns("/code", error -> error.path("where").asText());
        assertThat(cases.inboundOf(document)).hasValueSatisfying(kept -> assertThat(kept)
                .returns("REJECTED", Inbound::state)
                .returns("unknown-outcome", Inbound::code)
                .returns("/code", Inbound::where));
        assertThat(partners.outcome(force, document).statusCode()).isEqualTo(422);
    }

    @Test
    void anOutcomeForACaseThatDoesNotExistIsStoredAndLaidOnTheDesk() {
        String messageId = id();

        var answer = partners.outcome(
                force, PartnerCalls.document(messageId, "SP-2026-999999999", force, "\"type\":\"ACCEPTED\""));

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(cases.awaitInbound(force, messageId, "CONFLICT"))
                .returns("unknown-case", Inbound::code)
                .returns("/caseReference", Inbound::where);
    }

    @Test
    void anOutcomeFromAForceThatIsNotTheReceivingOneChangesNothing() {
        Case known = delivered();
        String asItself = id();
        String asTheOther = id();
        String fields = "\"type\":\"CRIME_REFERENCE\",\"crimeReference\":\"NOT/THEIRS/26\"";

        assertThat(partners.outcome(otherForce, PartnerCalls.document(asItself, known.reference(), otherForce, fields))
                        .statusCode())
                .isEqualTo(202);
        assertThat(partners.outcome(otherForce, PartnerCalls.document(asTheOther, known.reference(), force, fields))
                        .statusCode())
                .isEqualTo(202);

        assertThat(cases.awaitInbound(otherForce, asItself, "CONFLICT").code()).isEqualTo("not-the-receiving-force");
        assertThat(cases.awaitInbound(otherForce, asTheOther, "CONFLICT").code())
                .isEqualTo("sender-is-not-the-force");
        assertThat(cases.count("SELECT count(*) FROM referral_case WHERE crime_reference = 'NOT/THEIRS/26'"))
                .isZero();
    }

    @Test
    void aSoapMessageThatFailsItsSchemaIsRefusedByItsElement() {
        String envelope = PartnerCalls.envelope(id(), "{}").replaceAll("<t:SourceID>.*</t:SourceID>", "");

        var answer = partners.cjse(force, envelope);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("SubmitResponseMes")
                .containsPattern("ResponseText[^>]*>[^<]*S(ourceID|ubmitRequestMes)")
                .doesNotContainPattern("ResponseCode[^>]*>\\s*1\\s*<");
        assertThat(cases.count(
                        "SELECT count(*) FROM inbound WHERE channel = 'cjse' AND sender = ? AND state = 'REJECTED'"
                                + " AND code = 'schema-invalid' AND code_where LIKE 'SubmitRequestMes%'",
                        force))
                .isPositive();
    }

    @Test
    void aSoapMessageWhoseOutcomeIsNoneIsRefusedByItsField() {
        Case known = delivered();
        String requestId = id();
        String document = PartnerCalls.document(id(), known.reference(), force, "\"type\":\"OUTCOME\",\"code\":\"99\"");

        var answer = partners.cjse(force, PartnerCalls.envelope(requestId, document));

        assertThat(answer.body())
                .contains(requestId)
                .containsPattern("ResponseText[^>]*>[^<]*/code")
                .doesNotContainPattern("ResponseCode[^>]*>\\s*1\\s*<");
    }

    @Test
    void aMalformedDomainEventGoesToTheDeskAndLeavesTheQueue() {
        String body = "this is no event " + id();
        hub.simulators().events().sendRaw(body);
        IncidentRecord after = cases.order(Oddity.NONE, prison);

        await("on the desk").until(() -> cases.inboundOf(body).isPresent());
        cases.awaitDelivered(after, 1);

        await("judged").untilAsserted(() -> assertThat(cases.inboundOf(body).orElseThrow())
                .returns("domain-events", Inbound::channel)
                .returns("REJECTED", Inbound::state));
        await("gone from the queue").until(() -> hub.simulators().events().waiting() == 0);
    }

    @Test
    void anEventForAReportThatNobodyHasAnyMoreMakesNoCaseAndParksNothing() {
        String unheardOf = UUID.randomUUID().toString();
        hub.simulators().events().sendRaw(aboutReport("incident.report.amended", unheardOf));
        IncidentRecord shortLived = life.order(Casebook.MANDATORY, Oddity.LOST_EVENTS, prison, "DRAFT");
        life.delete(shortLived.id());
        hub.simulators().events().sendRaw(aboutReport("incident.report.deleted", shortLived.id()));

        for (String id : List.of(unheardOf, shortLived.id())) {
            await("known to be gone")
                    .until(() -> cases.count(
                                    "SELECT count(*) FROM source_record WHERE system = 'incident-reporting'"
                                            + " AND record_id = ? AND gone_at IS NOT NULL AND disposition = 'WITHDRAWN'",
                                    id)
                            == 1);
            assertThat(cases.count("SELECT count(*) FROM work WHERE key = ? AND parked_kind IS NOT NULL", id))
                    .isZero();
        }
        assertThat(cases.find(shortLived)).isEmpty();
    }

    @Test
    void anEventForAReportDeletedAfterDeliveryProposesAWithdrawalAndSendsNothing() {
        IncidentRecord incident = cases.order(Oddity.NONE, prison);
        Case known = cases.awaitDelivered(incident, 1);

        life.delete(incident.id());
        hub.simulators().events().sendRaw(aboutReport("incident.report.deleted", incident.id()));

        cases.await(incident, "withdrawal proposed", now -> "withdrawal-proposed".equals(now.reviewCode()));
        cases.awaitQuiet(known);
        assertThat(cases.parked(incident)).isEmpty();
        assertThat(cases.arrivals(known)).hasSize(1);
    }

    private static String aboutReport(String type, String id) {
        String message = "{\"eventType\":\"" + type + "\",\"version\":1,\"occurredAt\":\"2026-08-03T11:15:31+01:00\","
                + "\"additionalInformation\":{\"id\":\"" + id + "\",\"whatChanged\":\"ANYTHING\"}}";
        return "{\"Type\":\"Notification\",\"MessageId\":\"" + id() + "\",\"Message\":\""
                + message.replace("\"", "\\\"") + "\"}";
    }

    @Test
    void theSameOutcomeTwiceIsAppliedOnce() {
        Case known = delivered();
        String messageId = id();
        String document = PartnerCalls.document(
                messageId, known.reference(), force, "\"type\":\"EVIDENCE_REQUESTED\",\"reason\":\"footage\"");

        assertThat(partners.outcome(force, document).statusCode()).isEqualTo(202);
        assertThat(partners.outcome(force, document).statusCode()).isEqualTo(202);
        cases.awaitInbound(force, messageId, "APPLIED");
        assertThat(partners.outcome(force, document).statusCode()).isEqualTo(202);

        cases.awaitQuiet(known);
        assertThat(cases.inbound(force, messageId)).hasSize(1);
        assertThat(cases.count("SELECT count(*) FROM outcome WHERE message_id = ?", messageId))
                .isEqualTo(1);
    }

    @Test
    void anotherBodyUnderTheSameMessageIdIsAConflict() {
        Case known = delivered();
        String messageId = id();
        String first = PartnerCalls.document(
                messageId, known.reference(), force, "\"type\":\"EVIDENCE_REQUESTED\",\"reason\":\"footage\"");

        partners.outcome(force, first);
        cases.awaitInbound(force, messageId, "APPLIED");
        String other = first.replace("footage", "statements");
        for (int time = 1; time <= 2; time++) {
            assertThat(partners.outcome(force, other))
                    .returns(422, HttpResponse::statusCode)
                    .satisfies(answer -> assertThat(answer.body()).contains("message-id-reused", "/messageId"));
        }
        // Only the words count, not how they are written.
        assertThat(partners.outcome(force, first.replace(",", ", ")).statusCode())
                .isEqualTo(202);

        assertThat(cases.awaitInbound(force, messageId, "CONFLICT"))
                .returns("message-id-reused", Inbound::code)
                .returns("/messageId", Inbound::where);
        await("the same words written otherwise are applied")
                .until(() -> cases.inbound(force, messageId).stream()
                                .filter(stored -> stored.state().equals("APPLIED"))
                                .count()
                        == 2);
        assertThat(cases.count("SELECT count(*) FROM outcome WHERE message_id = ?", messageId))
                .isEqualTo(1);
    }

    private Case delivered() {
        return cases.awaitDelivered(cases.order(Oddity.NONE, prison), 1);
    }

    private static String id() {
        return "TEST-" + UUID.randomUUID();
    }
}
