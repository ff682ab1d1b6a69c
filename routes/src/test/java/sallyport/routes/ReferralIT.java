package sallyport.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatObject;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import sallyport.Casebook;
import sallyport.Casebook.Case;
import sallyport.TestHub;
import sallyport.simulators.police.Delivery;
import sallyport.simulators.police.Force;
import sallyport.simulators.world.Canary;
import sallyport.simulators.world.IncidentRecord;
import sallyport.simulators.world.Oddity;
import sallyport.simulators.world.PrisonLife;

/** An incident in a prison becomes a referral at its force, once, and what the force says comes back. */
class ReferralIT {

    private static final Duration QUIET = Duration.ofSeconds(3);

    private final TestHub hub = TestHub.shared();
    private final PrisonLife life = hub.simulators().life();
    private final Casebook cases = new Casebook(hub);
    private final String ihubPrison = cases.prisonReachedBy(Force.IHUB);
    private final String cjsePrison = cases.prisonReachedBy(Force.CJSE);

    @Test
    void anIncidentIsDeliveredOverIhubAndTheForcesWordsComeBack() {
        comesBack(Force.IHUB, ihubPrison);
    }

    @Test
    void anIncidentIsDeliveredOverCjseAndTheForcesWordsComeBack() {
        Case closed = comesBack(Force.CJSE, cjsePrison);

        // The exchange says by a message of its own that the package has reached the force.
        await("delivered").untilAsserted(() -> assertThat(cases.file(closed).at("/receipts"))
                .extracting(receipt -> receipt.at("/rung").asText())
                .contains("ACCEPTED", "DELIVERED"));
    }

    /** One force in twenty sends a case back without an outcome; three in a row do not. */
    private Case comesBack(String channel, String prison) {
        List<IncidentRecord> incidents =
                Stream.generate(() -> cases.order(Oddity.NONE, prison)).limit(3).toList();

        incidents.forEach(incident -> {
            Case delivered = cases.awaitDelivered(incident, 1);
            assertThat(delivered.force()).isEqualTo(cases.forceReachedBy(channel));
            assertThat(cases.deliveries(incident)).singleElement().satisfies(delivery -> {
                assertThat(delivery.channel()).isEqualTo(channel);
                assertThat(delivery.force()).isEqualTo(delivered.force());
            });
        });
        await("an outcome came back").untilAsserted(() -> assertThat(incidents)
                .anySatisfy(incident -> assertThat(cases.find(incident).orElseThrow())
                        .satisfies(known -> assertThat(known.crimeReference()).isNotNull())
                        .satisfies(known -> assertThat(known.officer()).isNotNull())
                        .satisfies(known -> assertThat(known.outcomeType()).isNotNull())
                        .satisfies(known -> assertThat(known.state()).isEqualTo("CLOSED"))));
        Case closed = incidents.stream()
                .map(incident -> cases.find(incident).orElseThrow())
                .filter(known -> known.outcomeType() != null && known.officer() != null)
                .findFirst()
                .orElseThrow();
        await("the tracker followed").untilAsserted(() -> assertThatObject(tracker(closed))
                .returns(closed.crimeReference(), row -> row.path("crimeReference")
                        .textValue())
                .returns(closed.officer(), row -> row.path("officer").textValue())
                .returns(closed.outcomeType(), row -> row.path("outcomeType").textValue())
                .returns("CLOSED", row -> row.path("state").textValue()));
        return closed;
    }

    private JsonNode tracker(Case known) {
        for (JsonNode row : hub.simulators().tracker().toJson()) {
            if (row.path("reference").asText().equals(known.reference())) {
                return row.path("row");
            }
        }
        return hub.simulators().tracker().toJson().path("none");
    }

    @Test
    void theSameEventManyTimesIsOneDeliveryPerVersion() {
        deliversEachVersionOnce(cases.order(Oddity.DUPLICATED_EVENTS, ihubPrison));
    }

    @Test
    void eventsOutOfOrderAreOneDeliveryPerVersion() {
        deliversEachVersionOnce(cases.order(Oddity.REORDERED_EVENTS, cjsePrison));
    }

    private void deliversEachVersionOnce(IncidentRecord incident) {
        Case known = cases.awaitDelivered(incident, 1);
        life.amend(incident.id(), report -> describedBy(report, "More was learnt."));
        cases.awaitDelivered(incident, 2);

        await("every event taken").until(() -> hub.simulators().events().waiting() == 0);
        cases.awaitQuiet(known);
        assertThat(cases.arrivals(known)).extracting(Delivery::packageVersion).containsExactly(1, 2);
    }

    @Test
    void aDraftIsOnlyWatched() {
        IncidentRecord draft = life.order(Casebook.MANDATORY, Oddity.NONE, ihubPrison, "DRAFT");

        cases.awaitDisposition(draft, "WATCHED");

        assertThat(cases.find(draft)).isEmpty();
        assertThat(cases.parked(draft)).isEmpty();
    }

    @Test
    void theSweepFindsAnIncidentWhoseEventsWereLost() {
        IncidentRecord silent = cases.order(Oddity.LOST_EVENTS, ihubPrison);

        cases.awaitDelivered(silent, 1);

        assertThat(cases.count("SELECT count(*) FROM hint WHERE subject = ?", silent.id()))
                .isZero();
    }

    @Test
    void aTextThatGoesBackMakesThreeVersions() {
        IncidentRecord incident = cases.order(Oddity.NONE, ihubPrison);
        Case known = cases.awaitDelivered(incident, 1);
        int before = cases.versions(incident).size();
        String first = hub.simulators()
                .world()
                .get(incident.id())
                .report()
                .path("description")
                .asText();

        life.amend(incident.id(), report -> report.put("description", first + " No."));
        await("the second text").until(() -> cases.versions(incident).size() == before + 1);
        life.amend(incident.id(), report -> report.put("description", first));
        await("the first text again").until(() -> cases.versions(incident).size() == before + 2);

        List<byte[]> versions = cases.versions(incident);
        assertThat(versions.subList(before - 1, before + 2))
                .extracting(raw -> Casebook.tree(raw).path("description").asText())
                .containsExactly(first, first + " No.", first);
        cases.awaitQuiet(known);
        int last = cases.find(incident).orElseThrow().packageVersion();
        assertThat(cases.canonical(known, last).at("/incident/description").asText())
                .isEqualTo(first);
    }

    @Test
    void aNulInATextArrivesAsReplacementCharacter() {
        IncidentRecord incident = cases.order(Oddity.NUL_IN_TEXT, cjsePrison);

        Case known = cases.awaitDelivered(incident, 1);

        assertThat(cases.canonical(known, 1).at("/incident/description").asText())
                .contains("Scanned\uFFFDnote\uFFFD follows");
        assertThat(new String(cases.versions(incident).get(0), StandardCharsets.UTF_8))
                .contains("Scanned\\u0000note");
    }

    @Test
    void theRepeatedOctoberHourIsTheEarlierOneAndSaysSo() {
        IncidentRecord incident = cases.order(Oddity.REPEATED_HOUR, ihubPrison);

        Case known = cases.awaitDelivered(incident, 1);

        JsonNode occurred = cases.canonical(known, 1).at("/incident/occurred");
        String text = occurred.path("text").asText();
        assertThat(text).endsWith("T01:30:00");
        assertThat(occurred.path("ambiguous").asBoolean()).isTrue();
        assertThat(Instant.parse(occurred.path("instant").asText()))
                .isEqualTo(LocalDateTime.parse(text).toInstant(ZoneOffset.ofHours(1)));
    }

    @Test
    void aMergedPrisonerIsFoundUnderBothNumbers() {
        IncidentRecord incident = cases.order(Oddity.MERGED_PRISONER, ihubPrison);
        Case known = cases.awaitDelivered(incident, 1);
        String removed =
                cases.canonical(known, 1).at("/persons/0/prisonerNumber").asText();

        String kept = life.merge(incident.id());

        await("found by the number that remains")
                .untilAsserted(() -> assertThat(found(kept)).containsExactly(known.reference()));
        assertThat(found(removed)).containsExactly(known.reference());
        cases.awaitDelivered(incident, 2);
        assertThat(cases.canonical(known, 2).path("persons"))
                .extracting(person -> person.path("prisonerNumber").asText())
                .contains(kept)
                .doesNotContain(removed);
        assertThat(found(removed)).containsExactly(known.reference());
    }

    private List<String> found(String q) {
        JsonNode items = Casebook.tree(hub.get("/api/v1/cases?q=" + q).body()).path("items");
        return Stream.iterate(0, i -> i < items.size(), i -> i + 1)
                .map(i -> items.path(i).path("reference").asText())
                .toList();
    }

    @Test
    void aDiscretionaryCaseWaitsForApprovalAndIsDeliveredAfterIt() {
        IncidentRecord incident = cases.order("staff-assault-no-injury", Oddity.NONE, ihubPrison);
        Case waiting = cases.await(incident, "case opened", known -> true);
        cases.awaitQuiet(waiting);
        assertThat(waiting.state()).isEqualTo("AWAITING_DECISION");
        assertThat(waiting.verdict()).isEqualTo("DISCRETIONARY");
        assertThat(cases.arrivals(waiting)).isEmpty();

        var answer =
                hub.post("/api/v1/cases/" + waiting.reference() + "/approve", "{\"reason\":\"agreed with the force\"}");

        assertThat(answer.statusCode()).isEqualTo(202);
        cases.awaitDelivered(incident, 1);
        JsonNode file = cases.file(waiting);
        assertThat(file.path("approvedBy").asText()).isEqualTo("admin");
        assertThat(file.path("approvalReason").asText()).isEqualTo("agreed with the force");
    }

    @Test
    void aCaseThatIsKeptInternalLeavesNoTraceAtTheForceUntilSomebodyApprovesItAfterAll() {
        IncidentRecord incident = cases.order("staff-assault-no-injury", Oddity.NONE, ihubPrison);
        Case waiting = cases.await(incident, "case opened", known -> true);

        var answer = hub.post(
                "/api/v1/cases/" + waiting.reference() + "/keep-internal", "{\"reason\":\"dealt with inside\"}");

        assertThat(answer.statusCode()).isEqualTo(202);
        cases.await(incident, "kept internal", known -> known.state().equals("KEPT_INTERNAL"));
        cases.awaitQuiet(waiting);
        assertThat(cases.arrivals(waiting)).isEmpty();

        // A decision may be changed, by a person and with a reason.
        assertThat(hub.post("/api/v1/cases/" + waiting.reference() + "/approve", "{\"reason\":\"after all\"}")
                        .statusCode())
                .isEqualTo(202);
        cases.awaitDelivered(incident, 1);
    }

    @Test
    void aSupplementWaitsForQuietAndComesOnce() {
        IncidentRecord incident = cases.order(Oddity.NONE, cjsePrison);
        Case known = cases.awaitDelivered(incident, 1);

        life.amend(incident.id(), report -> describedBy(report, "First addition."));
        life.amend(incident.id(), report -> describedBy(report, "Second addition."));
        Instant last = life.amend(incident.id(), report -> describedBy(report, "Third addition."))
                .modified();
        cases.awaitDelivered(incident, 2);

        cases.awaitQuiet(known);
        assertThat(cases.arrivals(known)).extracting(Delivery::packageVersion).containsExactly(1, 2);
        assertThat(cases.arrivals(known).get(1).at()).isAfterOrEqualTo(last.plus(QUIET));
        JsonNode supplement = cases.canonical(known, 2);
        assertThat(supplement.path("kind").asText()).isEqualTo("SUPPLEMENT");
        assertThat(supplement.at("/incident/description").asText()).endsWith("Third addition.");
    }

    @Test
    void whatPeopleAnswerAfterDeliveryIsOneSupplementAndSaysOnlyWhatTheForceMayKnow() {
        IncidentRecord incident = cases.order(Oddity.NONE, ihubPrison);
        Case known = cases.awaitDelivered(incident, 1);
        String facts = "/api/v1/cases/" + known.reference() + "/facts/";

        assertThat(hub.put(
                                facts + "victim-wishes",
                                """
                                {"state":"PRESENT","source":"invented-source","entries":[{"victim":"Fio Ficta",
                                 "supportsProsecution":"YES","askedForReferral":true,"askedOn":"2026-03-01"}]}""")
                        .statusCode())
                .isEqualTo(200);
        assertThat(hub.put(
                                facts + "witness-availability",
                                """
                                {"state":"PRESENT","source":"invented-source","entries":[
                                 {"who":"Fio Ficta","from":"2026-09-01","until":"2026-09-14","why":"invented-reason"}]}""")
                        .statusCode())
                .isEqualTo(200);
        cases.awaitDelivered(incident, 2);

        cases.awaitQuiet(known);
        assertThat(cases.arrivals(known)).extracting(Delivery::packageVersion).containsExactly(1, 2);
        JsonNode supplement = cases.canonical(known, 2);
        assertThat(supplement.path("kind").asText()).isEqualTo("SUPPLEMENT");
        assertThat(supplement.at("/answers/victim-wishes/0/supportsProsecution").asText())
                .isEqualTo("YES");
        assertThat(supplement.at("/readiness"))
                .anySatisfy(line -> assertThat(line.toString()).contains("victim-wishes", "PRESENT"));
        String attached = attached(known, cases.arrivals(known).get(1));
        assertThat(attached)
                .contains("\"supportsProsecution\":\"YES\"", "2026-09-14")
                .doesNotContain("invented-reason", "invented-source");

        assertThat(hub.post(facts + "victim-wishes/withdraw", "{\"reason\":\"it was another victim\"}")
                        .statusCode())
                .isEqualTo(202);
        cases.awaitDelivered(incident, 3);
        assertThat(cases.canonical(known, 3).path("answers").has("victim-wishes"))
                .isFalse();
    }

    @Test
    void footageThatNobodyHasHandedOverIsAWorkItemUntilItIs() {
        cases.leaveOpen();
        try {
            footageRunsOut();
        } finally {
            cases.letThemBeClosed();
        }
    }

    private void footageRunsOut() {
        IncidentRecord incident = cases.order(Oddity.NONE, ihubPrison);
        Case known = cases.awaitDelivered(incident, 1);
        String footage = "/api/v1/cases/" + known.reference() + "/facts/footage";
        String open = "SELECT count(*) FROM task t JOIN referral_case c ON c.id = t.case_id WHERE t.kind = 'FOOTAGE'"
                + " AND t.closed_at IS NULL AND c.reference = ? AND t.subject LIKE '%/2026-01-31'";

        assertThat(hub.put(
                                footage,
                                """
                                {"state":"PRESENT","source":"invented-source","entries":[{"kind":"CCTV","reference":"Disc 4",
                                 "keptUntil":"2026-01-31","askedToKeepOn":"2026-01-02"}]}""")
                        .statusCode())
                .isEqualTo(200);
        cases.awaitDelivered(incident, 2);
        JsonNode told = cases.canonical(known, 2);
        assertThat(told.path("media")).anySatisfy(media -> assertThat(media.toString())
                .contains(
                        "\"evidence\":\"TO_BE_EVIDENCED\"",
                        "\"keptUntil\":\"2026-01-31\"",
                        "\"keptUntilBy\":\"PERSON\""));
        assertThat(told.at("/readiness"))
                .anySatisfy(line -> assertThat(line.toString()).contains("footage", "MISSING", "1 of 1 recordings"));
        assertThat(attached(known, cases.arrivals(known).get(1))).contains("\"keptUntil\":\"2026-01-31\"");
        await().atMost(Duration.ofMinutes(3)).until(() -> cases.count(open, known.reference()) == 1);

        assertThat(hub.put(
                                footage,
                                """
                                {"state":"PRESENT","source":"invented-source","entries":[{"kind":"CCTV","reference":"Disc 4",
                                 "handedTo":"DC 4711","handedOn":"2026-03-02","keptUntil":"2026-01-31"}]}""")
                        .statusCode())
                .isEqualTo(200);
        cases.awaitDelivered(incident, 3);
        await().atMost(Duration.ofMinutes(3)).until(() -> cases.count(open, known.reference()) == 0);
    }

    /** What the force finds in the attachment of what arrived. */
    private String attached(Case known, Delivery delivery) {
        for (JsonNode part : Casebook.tree(sent(known, delivery).getBytes(StandardCharsets.UTF_8))
                .path("included")) {
            String content = part.at("/attributes/content").asText();
            if (!content.isEmpty()) {
                return new String(Base64.getDecoder().decode(content), StandardCharsets.UTF_8);
            }
        }
        throw new AssertionError("nothing is attached");
    }

    @Test
    void aDuplicateAfterDeliveryIsWithdrawnOnlyByAPerson() {
        IncidentRecord incident = cases.order(Oddity.NONE, ihubPrison);
        Case delivered = cases.awaitDelivered(incident, 1);

        life.changeStatus(incident.id(), "DUPLICATE");

        cases.await(incident, "withdrawal proposed", known -> "withdrawal-proposed".equals(known.reviewCode()));
        cases.awaitQuiet(delivered);
        assertThat(cases.arrivals(delivered)).hasSize(1);

        var answer = hub.post(
                "/api/v1/cases/" + delivered.reference() + "/confirm-withdrawal",
                "{\"reason\":\"reported twice, the other report goes on\"}");

        assertThat(answer.statusCode()).isEqualTo(202);
        cases.awaitDelivered(incident, 2);
        cases.awaitQuiet(delivered);
        assertThat(cases.find(incident).orElseThrow().state()).isEqualTo("WITHDRAWN");
        assertThat(cases.arrivals(delivered))
                .extracting(Delivery::packageVersion)
                .containsExactly(1, 2);
        assertThatObject(cases.canonical(delivered, 2))
                .returns("WITHDRAWAL", pkg -> pkg.path("kind").asText())
                .returns(1, pkg -> pkg.at("/withdrawal/withdrawsVersion").asInt());
        assertThat(sent(delivered, cases.arrivals(delivered).get(1)))
                .doesNotContainPattern(Canary.REGEX)
                .doesNotContain(numbersIn(incident));
    }

    /** The very bytes that arrived, as the ledger rendered them. */
    private String sent(Case known, Delivery delivery) {
        byte[] bytes = hub.jdbc()
                .sql("SELECT r.bytes FROM rendering r JOIN lane_item i ON i.id = r.lane_item"
                        + " JOIN lane_case c ON c.id = i.lane_case WHERE c.case_id = ? AND r.sha256 = ?")
                .params(known.id(), HexFormat.of().parseHex(delivery.sha256()))
                .query((row, n) -> row.getBytes(1))
                .single();
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private String[] numbersIn(IncidentRecord incident) {
        return Casebook.tree(cases.versions(incident).get(0))
                .path("prisonersInvolved")
                .findValuesAsText("prisonerNumber")
                .toArray(String[]::new);
    }

    @Test
    void aTypeChangeThatEmptiesPeopleAfterDeliverySendsNothingAndAsksAPerson() {
        IncidentRecord incident = cases.order(Oddity.NONE, ihubPrison);
        Case delivered = cases.awaitDelivered(incident, 1);

        life.amend(incident.id(), report -> {
            report.put("type", "MISCELLANEOUS_1").putArray("questions");
            report.putArray("prisonersInvolved");
            return report;
        });

        cases.await(incident, "a person is asked", known -> known.reviewCode() != null);
        cases.awaitQuiet(delivered);
        assertThat(cases.find(incident).orElseThrow().reviewCode()).isEqualTo("suspects-lost");
        assertThat(cases.arrivals(delivered)).hasSize(1);
        assertThat(cases.find(incident).orElseThrow().packageVersion()).isEqualTo(1);
    }

    private static ObjectNode describedBy(ObjectNode report, String more) {
        return report.put("description", report.path("description").asText() + " " + more);
    }
}
