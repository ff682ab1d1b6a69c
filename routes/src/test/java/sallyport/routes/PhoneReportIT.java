package sallyport.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static sallyport.simulators.prison.PhoneDesk.HEADER;
import static sallyport.simulators.prison.PhoneDesk.SENDER;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import sallyport.Casebook;
import sallyport.TestHub;
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

    @Test
    void aReportIsLinkedWithTheIncidentItAnnouncedAndBelongsToItsCase() {
        IncidentRecord incident = cases.order(WAITING, Oddity.NONE, "LEI");
        cases.await(incident, "open", known -> true);
        int processed = desk.count("Processed");

        desk.tell(List.of(incident));
        String reference = "NIMU-" + incident.reference();

        awaitState(reference, "LINKED");
        assertThat(cases.count(
                        "SELECT count(*) FROM telephone_match m JOIN source_record i ON i.id = m.incident"
                                + " JOIN source_record s ON s.id = m.telephone WHERE s.record_id = ? AND i.record_id = ?"
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
        for (String bad :
                List.of("schema-invalid /rows/3/occurred", "column-count /rows/4", "formula-cell /rows/5/summary")) {
            await(bad + " is parked")
                    .until(() -> cases.count(
                                    "SELECT count(*) FROM work w JOIN source_record s ON s.record_id = w.key"
                                            + " JOIN source_version v ON v.id = s.latest_version"
                                            + " WHERE w.step = 'telephone-match' AND w.parked_kind = 'REJECTED'"
                                            + " AND w.parked_code || ' ' || w.parked_where = ?"
                                            + " AND (convert_from(v.raw, 'UTF8') LIKE ? OR convert_from(v.raw, 'UTF8') LIKE '%too,few%')",
                                    bad, "%" + own + "%")
                            >= 1);
        }
    }

    @Test
    void whoeverIsNotOnTheListReportsNothingAndAPersonIsTold() {
        int refused = desk.count("Refused");
        long tasks = refusedTasks();

        desk.mail(
                "stranger@elsewhere.example",
                HEADER + PhoneDesk.row("EVIL-" + own, "LEI", "2026-01-01T00:00", "", "", "", ""));
        desk.mail(SENDER, HEADER + "x".repeat(11 << 20));

        await("both are refused").until(() -> desk.count("Refused") == refused + 2 && refusedTasks() == tasks + 2);
        assertThat(versions("EVIL-" + own)).isZero();
        assertThat(cases.count("SELECT count(*) FROM task WHERE detail LIKE '%stranger%'"))
                .isZero();
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
                                "SELECT count(*) FROM telephone_match m JOIN source_record i ON i.id = m.incident"
                                        + " WHERE m.telephone = ? AND m.state <> 'REFUSED' AND i.record_id = ?",
                                id,
                                other.id())
                        == 1);
    }

    private void awaitState(String reference, String state) {
        await(reference + " is " + state)
                .until(() -> cases.count(
                                "SELECT count(*) FROM telephone_report t JOIN source_record s ON s.id = t.record"
                                        + " WHERE s.record_id = ? AND t.state = ?",
                                reference,
                                state)
                        == 1);
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
