package sallyport.routes;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static sallyport.simulators.prison.PhoneDesk.HEADER;
import static sallyport.simulators.prison.PhoneDesk.SENDER;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sallyport.Casebook;
import sallyport.TestHub;
import sallyport.simulators.police.Force;
import sallyport.simulators.prison.PhoneDesk;
import sallyport.simulators.world.IncidentRecord;
import sallyport.simulators.world.Oddity;

/** What was told by telephone comes from the mailbox into the ledger, once, and to the incident report that it announced. */
class PhoneReportIT {

    private static final String WAITING = "staff-assault-no-injury";

    private final TestHub hub = TestHub.shared();
    private final PhoneDesk desk = hub.simulators().phoneDesk();
    private final Casebook cases = new Casebook(hub);
    private final String own = UUID.randomUUID().toString().substring(0, 8).toUpperCase(Locale.ROOT);

    /** What the test before has sent is put away after its rows are known, and would be counted as this one's. */
    @BeforeEach
    void theMailboxIsEmpty() {
        await("the mailbox is empty").until(() -> desk.count("INBOX") == 0);
    }

    @Test
    void aReportIsLinkedWithTheIncidentItAnnouncedAndBelongsToItsCase() {
        IncidentRecord incident =
                cases.order(WAITING, Oddity.NONE, cases.ownPrison(Force.IHUB).id());
        cases.await(incident, "open", known -> true);
        int processed = desk.count("Processed");

        desk.tell(List.of(incident));
        String reference = "NIMU-" + incident.reference();

        awaitState(reference, "LINKED");
        assertThat(cases.count(
                        "SELECT count(*) FROM report_match m JOIN source_record i ON i.id = m.incident"
                                + " JOIN source_record s ON s.id = m.report WHERE s.record_id = ? AND i.record_id = ?"
                                + " AND m.score >= 70 AND m.reasons LIKE '%same-prison +15%'",
                        reference, incident.id()))
                .isEqualTo(1);
        assertThat(cases.count(
                        "SELECT count(*) FROM evidence e JOIN referral_case c ON c.reference = e.case_reference"
                                + " JOIN case_record r ON r.case_id = c.id JOIN source_record s ON s.id = r.record"
                                + " WHERE e.kind = 'COMBINATION' AND e.detail LIKE '%score%' AND s.record_id = ?",
                        reference))
                .isEqualTo(1);
        await("the mail is put away").until(() -> desk.count("INBOX") == 0 && desk.count("Processed") > processed);

        desk.tell(List.of(incident));
        await("the second mail is put away").until(() -> desk.count("Processed") > processed + 1);
        awaitIdle();
        assertThat(versions(reference)).isEqualTo(1);
    }

    @Test
    void aReportThatComesFirstIsLinkedWhenTheIncidentReportDoes() {
        IncidentRecord incident = cases.order(WAITING, Oddity.NONE, "MDI");
        cases.await(incident, "open", known -> true);
        String reference = "FIRST-" + own;
        String number =
                incident.report().at("/prisonersInvolved/0/prisonerNumber").asText();
        desk.mail(SENDER, HEADER + PhoneDesk.row(reference, "MDI", "2025-05-05T05:05", "", "assault", number, ""));
        awaitState(reference, "WAITING");
        // Told more than a day ago, and nothing has followed.
        String mended = "LATER-" + own;
        desk.mail(
                SENDER,
                HEADER + PhoneDesk.row(mended, "MDI", "2025-05-05T05:05", "2025-05-05T05:10", "assault", number, ""));
        await("a work item says that nothing followed")
                .until(() -> cases.count(
                                "SELECT count(*) FROM task t JOIN source_record s"
                                        + " ON t.subject = 'telephone-report/' || s.id || '/not-followed'"
                                        + " WHERE s.record_id = ? AND t.kind = 'TELEPHONE_REPORT' AND t.prison = 'MDI' AND t.closed_at IS NULL",
                                mended)
                        == 1);

        hub.simulators()
                .life()
                .amend(incident.id(), report -> report.put("incidentDateAndTime", "2025-05-05T05:00:00"));

        awaitState(reference, "LINKED");
        awaitState(mended, "LINKED");
        await("the work item is closed")
                .until(() -> cases.count(
                                "SELECT count(*) FROM task t JOIN source_record s"
                                        + " ON t.subject = 'telephone-report/' || s.id || '/not-followed'"
                                        + " WHERE s.record_id = ? AND t.closed_at IS NULL",
                                mended)
                        == 0);
    }

    @Test
    void aBadRowParksWithItsRowAndColumnAndTheOthersGoOn() {
        String now = LocalDateTime.now(ZoneId.of("Europe/London")).toString().substring(0, 16);
        desk.mail(
                SENDER,
                HEADER + PhoneDesk.row("GOOD1-" + own, "LEI", now, "", "fire", "", "")
                        + PhoneDesk.row("BAD-" + own, "LEI", "soon", "", "fire", "", "")
                        + "too,few\r\n"
                        + PhoneDesk.row("GOOD2-" + own, "LEI", now, "", "fire", "", "=cmd()")
                        + PhoneDesk.row("GOOD3-" + own, "LEI", now, "", "fire", "", ""));

        awaitKnown("GOOD1-" + own);
        awaitKnown("GOOD3-" + own);
        awaitParked("BAD-" + own, "schema-invalid /rows/3/occurred");
        awaitParked("too,few", "column-count /rows/4");
        awaitParked("GOOD2-" + own, "formula-cell /rows/5/summary");
    }

    @Test
    void whoeverIsNotOnTheListReportsNothingAndAPersonIsTold() {
        int refused = desk.count("Refused");
        long tasks = refusedTasks();

        desk.mail(
                "stranger@elsewhere.example",
                HEADER + PhoneDesk.row("EVIL-" + own, "LEI", "2026-01-01T00:00", "", "", "", ""));
        desk.mail(SENDER, HEADER + "x".repeat(11 << 20));

        desk.mail(SENDER, HEADER + PhoneDesk.row("BEHIND-" + own, "LEI", "2026-01-01T00:00", "", "", "", ""));

        await("both are refused").until(() -> desk.count("Refused") == refused + 2 && refusedTasks() == tasks + 2);
        awaitKnown("BEHIND-" + own);
        assertThat(cases.count(
                        "SELECT count(*) FROM task WHERE kind = 'TELEPHONE_REPORT' AND detail LIKE ?",
                        "A mail to the mailbox of telephone reports is too large and was not read. It came at % and has %"
                                + " bytes; it is moved to the folder for refused mails.%"))
                .isPositive();
        assertThat(versions("EVIL-" + own)).isZero();
        assertThat(cases.count("SELECT count(*) FROM task WHERE detail LIKE '%stranger%'"))
                .isZero();
    }

    @Test
    void mailsThatComeWhileTheHubStopsAndStartsAreEachReadOnceAndSoIsOneThatComesAgain() {
        int processed = desk.count("Processed");
        long mails = mails();
        byte[] last = {};
        for (int i = 0; i < 12; i++) {
            last = desk.mail(
                    SENDER,
                    (HEADER + PhoneDesk.row("STOP" + i + "-" + own, "LEI", "2025-08-08T08:08", "", "", "", ""))
                            .getBytes(UTF_8));
        }
        hub.restart();
        await("all are put away").until(() -> desk.count("INBOX") == 0 && desk.count("Processed") == processed + 12);

        // As if it had been fetched again, since nobody was told that it is committed.
        desk.deliver(last);
        await("it is put away again")
                .until(() -> desk.count("INBOX") == 0 && desk.count("Processed") == processed + 13);
        awaitIdle();
        for (int i = 0; i < 12; i++) {
            awaitKnown("STOP" + i + "-" + own);
        }
        assertThat(mails()).isEqualTo(mails + 12);
    }

    private long mails() {
        return cases.count("SELECT count(*) FROM source_version v JOIN source_record s ON s.id = v.record"
                + " WHERE s.system = 'telephone-mails'");
    }

    @Test
    void aListThatIsHandedInIsReadAndMatchedLikeOneThatCameByMailAndCountsOnce() throws Exception {
        IncidentRecord incident =
                cases.order(WAITING, Oddity.NONE, cases.ownPrison(Force.IHUB).id());
        cases.await(incident, "open", known -> true);
        String reference = "NIMU-" + incident.reference();
        String bad = "HANDBAD-" + own;
        // As some programs write it: the mark of UTF-8, and then Latin-1.
        byte[] list = ("\u00EF\u00BB\u00BF" + HEADER + PhoneDesk.row(incident)
                        + PhoneDesk.row("HAND-" + own, "LEI", "2025-07-07T07:07", "", "", "", "K\u00fcbel " + own)
                        + PhoneDesk.row(bad, "LEI", "", "", "fire", "", "")
                        + PhoneDesk.row("HAND2-" + own, "LEI", "2025-07-07T07:07", "", "", "", ""))
                .getBytes(ISO_8859_1);
        String why = "Mail is down " + own;

        JsonNode taken = new ObjectMapper().readTree(handIn(why, list, 202));
        assertThat(taken.path("reports").asInt()).isEqualTo(3);
        assertThat(taken.at("/unread/0/row").asInt()).isEqualTo(4);
        assertThat(taken.at("/unread/0/column").asText()).isEqualTo("occurred");
        awaitState(reference, "LINKED");
        awaitParked(bad, "missing-value /rows/4/occurred");
        awaitKnown("HAND-" + own);
        awaitKnown("HAND2-" + own);
        assertThat(hub.get("/api/v1/telephone-reports?prison=LEI&size=100").body())
                .contains("K\u00fcbel " + own);

        assertThat(new ObjectMapper().readTree(handIn(why, list, 202))).isEqualTo(taken);
        int processed = desk.count("Processed");
        desk.mail(SENDER, list);
        await("the same list by mail is put away").until(() -> desk.count("Processed") == processed + 1);
        awaitIdle();
        for (String once : List.of(reference, "HAND-" + own, "HAND2-" + own)) {
            assertThat(versions(once)).as(once).isEqualTo(1);
        }
        assertThat(cases.count(
                        "SELECT count(*) FROM source_record s JOIN source_version v ON v.id = s.latest_version"
                                + " WHERE s.system = 'telephone-reports' AND s.record_id LIKE '%/rows/%'"
                                + " AND encode(v.raw, 'escape') LIKE ?",
                        "%" + bad + "%"))
                .as("the bad row is parked once")
                .isEqualTo(1);
        assertThat(cases.count(
                        "SELECT count(*) FROM evidence WHERE kind = 'COLLECTION' AND actor = 'admin' AND reason = ?"
                                + " AND payload_sha256 IS NOT NULL",
                        why))
                .isEqualTo(2);

        handIn("", list, 400);
        assertThat(handIn("x", HEADER.replace("occurred", own).getBytes(UTF_8), 400))
                .contains("missing-column", "\"row\":1", "\"column\":\"occurred\"")
                .doesNotContain(own);
        handIn("x", new byte[5_000_001], 413);
    }

    private String handIn(String reason, byte[] list, int status) {
        var answer = hub.send(hub.request("/api/v1/telephone-reports?reason=" + URLEncoder.encode(reason, UTF_8))
                .header("Content-Type", "text/csv")
                .POST(HttpRequest.BodyPublishers.ofByteArray(list))
                .build());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return answer.body();
    }

    @Test
    void twoThatFitEquallyWellAreForAPerson() {
        IncidentRecord one = cases.order(WAITING, Oddity.NONE, "WWI");
        IncidentRecord other = cases.order(WAITING, Oddity.NONE, "WWI");
        for (IncidentRecord incident : List.of(one, other)) {
            cases.await(incident, "open", known -> true);
            hub.simulators()
                    .life()
                    .amend(incident.id(), report -> report.put("incidentDateAndTime", "2025-06-06T06:00:00"));
        }
        await("both are as amended")
                .until(() -> cases.count(
                                "SELECT count(*) FROM source_record WHERE record_id IN (?, ?) AND occurred_on = DATE '2025-06-06'",
                                one.id(),
                                other.id())
                        == 2);
        String reference = "TWO-" + own;

        desk.mail(
                SENDER,
                HEADER
                        + PhoneDesk.row(
                                reference,
                                "WWI",
                                "2025-06-06T06:02",
                                Instant.now().toString(),
                                "assault",
                                "",
                                ""));

        awaitState(reference, "ASKED");
        assertThat(cases.count(
                        "SELECT count(*) FROM task t JOIN source_record s ON t.subject = 'telephone-report/' || s.id || '/which'"
                                + " WHERE s.record_id = ? AND t.prison = 'WWI' AND t.closed_at IS NULL",
                        reference))
                .isEqualTo(1);

        long id = cases.count("SELECT id FROM source_record WHERE record_id = ?", reference);
        String word = "{\"incident\":\"" + one.id() + "\",\"reason\":\"The wing says so\"}";
        assertThat(hub.post("/api/v1/telephone-reports/" + id + "/confirm", word)
                        .statusCode())
                .isEqualTo(202);
        awaitState(reference, "LINKED");
        await("it belongs to the case, and nobody is asked any more")
                .until(() -> cases.count("SELECT count(*) FROM case_record WHERE record = ?", id) == 1
                        && cases.count(
                                        "SELECT count(*) FROM task WHERE subject = 'telephone-report/' || ? || '/which' AND closed_at IS NULL",
                                        id)
                                == 0);
        assertThat(hub.post("/api/v1/telephone-reports/" + id + "/refuse", word).statusCode())
                .isEqualTo(202);
        await("the other one is the only one left")
                .until(() -> cases.count(
                                "SELECT count(*) FROM report_match m JOIN source_record i ON i.id = m.incident"
                                        + " WHERE m.report = ? AND m.state <> 'REFUSED' AND i.record_id = ?",
                                id,
                                other.id())
                        == 1);
    }

    private void awaitState(String reference, String state) {
        await(reference + " is " + state)
                .until(() -> cases.count(
                                "SELECT count(*) FROM matched_report t JOIN source_record s ON s.id = t.record"
                                        + " WHERE s.record_id = ? AND t.state = ?",
                                reference,
                                state)
                        == 1);
    }

    private void awaitParked(String row, String why) {
        await(row + " is parked")
                .until(() -> cases.count(
                                "SELECT count(*) FROM work w JOIN source_record s ON s.record_id = w.key"
                                        + " JOIN source_version v ON v.id = s.latest_version"
                                        + " WHERE w.step = 'telephone-match' AND w.parked_kind = 'REJECTED'"
                                        + " AND w.parked_code || ' ' || w.parked_where = ? AND encode(v.raw, 'escape') LIKE ?",
                                why,
                                "%" + row + "%")
                        >= 1);
    }

    private void awaitKnown(String reference) {
        await(reference + " is known").until(() -> versions(reference) == 1);
    }

    private long versions(String reference) {
        return cases.count(
                "SELECT count(*) FROM source_version v JOIN source_record s ON s.id = v.record"
                        + " WHERE s.system = 'telephone-reports' AND s.record_id = ?",
                reference);
    }

    private void awaitIdle() {
        await("mails are opened")
                .until(() -> cases.count("SELECT count(*) FROM work WHERE step = 'telephone-mail' AND requested > done"
                                + " AND parked_kind IS NULL")
                        == 0);
    }

    private long refusedTasks() {
        return cases.count(
                "SELECT count(*) FROM task WHERE kind = 'TELEPHONE_REPORT' AND subject LIKE 'telephone-mail/%'");
    }
}
