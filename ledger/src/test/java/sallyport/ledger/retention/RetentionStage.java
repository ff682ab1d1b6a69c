package sallyport.ledger.retention;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import sallyport.ledger.EvidencePruning;
import sallyport.ledger.engine.Duties;
import sallyport.ledger.engine.Turns;

/** A ledger whose time the test moves, and records of every kind in it; all of them invented. */
final class RetentionStage implements AutoCloseable {

    static final Instant BEGINNING = Instant.parse("2026-01-01T03:00:00Z");

    final HikariDataSource dataSource = Turns.database();
    final JdbcTemplate jdbc = new JdbcTemplate(dataSource);
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final RetentionMetrics metrics = new RetentionMetrics(meters);
    Instant now = BEGINNING;
    Duration nodeIsAhead = Duration.ZERO;
    Runnable midPurge = () -> {};
    private long numbers;

    static RetentionProperties terms(int batch, int rowsPerRun, double maxShare, int maxShareFrom) {
        return new RetentionProperties(
                Duration.ofMinutes(15),
                batch,
                rowsPerRun,
                maxShare,
                maxShareFrom,
                Duration.ofMinutes(1),
                days(20),
                days(60),
                days(15),
                days(25),
                days(80),
                days(120),
                days(150),
                days(100),
                days(110),
                days(40),
                days(35),
                days(15),
                days(30),
                days(90),
                days(45),
                days(70),
                days(75),
                days(65),
                days(28),
                days(200));
    }

    static RetentionProperties small() {
        return terms(3, 100_000, 1, 0);
    }

    private static Duration days(int n) {
        return Duration.ofDays(n);
    }

    Purger purger(String node, RetentionProperties properties) {
        return purger(Turns.duties(dataSource, node), properties, null);
    }

    Purger purger(Duties duties, RetentionProperties properties, @Nullable EvidencePruning evidence) {
        return new Purger(
                dataSource,
                duties,
                Turns.tasks(dataSource),
                properties,
                metrics,
                evidence,
                new Clock() {
                    @Override
                    public ZoneId getZone() {
                        return ZoneOffset.UTC;
                    }

                    @Override
                    public Clock withZone(ZoneId zone) {
                        return this;
                    }

                    @Override
                    public Instant instant() {
                        return now.plus(nodeIsAhead);
                    }
                },
                () -> now,
                () -> midPurge.run());
    }

    OffsetDateTime at() {
        return now.atOffset(ZoneOffset.UTC);
    }

    void pass(int days) {
        now = now.plus(Duration.ofDays(days));
    }

    long count(String sql, Object... arguments) {
        Long n = jdbc.queryForObject(sql, Long.class, arguments);
        return n == null ? 0 : n;
    }

    long id(String sql, Object... arguments) {
        Long id = jdbc.queryForObject(sql, Long.class, arguments);
        return id == null ? 0 : id;
    }

    /** A case note that a person asked for; returns its row. */
    long noteAskedFor(long caseId, @Nullable Boolean chosen) {
        long request = id(
                """
                INSERT INTO case_note_request (case_id, prisoner_number, from_at, until_at, types, sensitive, justification, reason,
                                               actor, at, state, answered_at, known)
                VALUES (?, 'A0001AA', ?, ?, '{}', false, 'BACKGROUND', 'because', 'ann', ?, 'ANSWERED', ?, true) RETURNING id
                """,
                caseId,
                at(),
                at(),
                at(),
                at());
        return id(
                """
                INSERT INTO case_note_found (request, note, content, sha256, sensitive, found_at, chosen, chosen_why)
                VALUES (?, 'n-1', convert_to('note', 'UTF8'), sha256(''), false, ?, ?, 'because') RETURNING id
                """,
                request,
                at(),
                chosen);
    }

    /** A record of a prison system as of now; returns its row. */
    long record(String system, String disposition) {
        long record = id(
                "INSERT INTO source_record (system, record_id, disposition, prison) VALUES (?, ?, ?, 'MDI') RETURNING id",
                system,
                "r-" + ++numbers,
                disposition);
        version(record);
        return record;
    }

    /** Another version of it, as of now. */
    long version(long record) {
        long version = id(
                """
                INSERT INTO source_version (record, version_no, raw, sha256, fetched_at, fetched_from)
                SELECT ?, coalesce(max(version_no), 0) + 1, convert_to('told', 'UTF8'), sha256(convert_to('told', 'UTF8')), ?, 'x'
                  FROM source_version WHERE record = ? RETURNING id
                """,
                record,
                at(),
                record);
        jdbc.update("UPDATE source_record SET latest_version = ? WHERE id = ?", version, record);
        return version;
    }

    /** A case with everything a case can have, last touched now. */
    long wholeCase(String state) {
        long id = id(
                """
                INSERT INTO referral_case (reference, state, verdict, class, prison, force, family, incident_reference, opened_at,
                       changed_at, approval_reason, review_detail, crime_reference, officer, package_version)
                VALUES ('SP-2026-' || lpad(?::text, 6, '0'), ?, 'MANDATORY', 'ROUTINE', 'MDI', '46', 'ASSAULT', 'IR-1', ?, ?,
                        'because', 'detail', '46/1/26', 'PC Example', 1) RETURNING id
                """,
                ++numbers,
                state,
                at(),
                at());
        String reference = reference(id);
        long report = record("incident-reporting", "CASE");
        jdbc.update("INSERT INTO case_record (case_id, record) VALUES (?, ?)", id, report);
        jdbc.update("INSERT INTO case_person (case_id, prisoner_number, role) VALUES (?, 'A0001AA', 'SUSPECT')", id);
        jdbc.update("INSERT INTO merged_number (removed, kept) VALUES ('A0000AA', 'A0001AA') ON CONFLICT DO NOTHING");
        jdbc.update(
                "INSERT INTO case_place SELECT id, prison, family, 'yard', now() FROM referral_case WHERE id = ?", id);
        jdbc.update("INSERT INTO case_series VALUES (?, 'SAME_SUSPECT', 'A0001AA', ?)", id, id);
        jdbc.update(
                """
                INSERT INTO decision (case_id, record, kind, explanation, actor, reason, at)
                VALUES (?, ?, 'APPROVAL', '{}', 'ann', 'because', ?)
                """,
                id,
                report,
                at());
        jdbc.update(
                """
                INSERT INTO package (case_id, version, kind, canonical, sha256, content_sha256, schema_version, mapping_version,
                                     readiness, built_at)
                VALUES (?, 1, 'REFERRAL', convert_to('package', 'UTF8'), sha256(''), sha256(''), '1', '1', '[]', ?)
                """,
                id,
                at());
        jdbc.update(
                """
                INSERT INTO case_fact (case_id, item, version, state, content, sha256, actor, at)
                VALUES (?, 'victim-wishes', 1, 'PRESENT', convert_to('{}', 'UTF8'), sha256(''), 'ann', ?)
                """,
                id,
                at());
        long document = id(
                """
                INSERT INTO document (case_id, kind, state, file_name, media_type, size, sha256, actor, at, touched_at)
                VALUES (?, 'statement', 'CLEAN', 'name.pdf', 'application/pdf', 1, sha256(''), 'ann', ?, ?) RETURNING id
                """,
                id,
                at(),
                at());
        jdbc.update("INSERT INTO document_chunk VALUES (?, 0, convert_to('bytes', 'UTF8'))", document);
        noteAskedFor(id, true);
        jdbc.update("INSERT INTO lane (name, family) VALUES ('force:46', 'FORCE') ON CONFLICT DO NOTHING");
        long lane = id("INSERT INTO lane_case (lane, case_id, next_seq) VALUES ('force:46', ?, 2) RETURNING id", id);
        long item = id(
                """
                INSERT INTO lane_item (lane_case, seq, kind, message_id, package_version, class, state, channels, attempts,
                                       promised_at, done_at)
                VALUES (?, 1, 'PACKAGE', ?, 1, 'ROUTINE', 'DONE', '{ihub}', 1, ?, ?) RETURNING id
                """,
                lane,
                "m-" + numbers,
                at(),
                at());
        jdbc.update(
                """
                INSERT INTO rendering (lane_item, channel, content_type, bytes, sha256, mapping_version, profile)
                VALUES (?, 'ihub', 'application/json', convert_to('sent', 'UTF8'), sha256(''), '1', 'force')
                """,
                item);
        jdbc.update(
                """
                INSERT INTO attempt (lane_item, attempt_no, channel, node, started_at, finished_at, outcome)
                VALUES (?, 1, 'ihub', 'n', ?, ?, 'ACCEPTED')
                """,
                item,
                at(),
                at());
        jdbc.update(
                """
                INSERT INTO receipt (case_id, lane, package_version, rung, at, owner, evidence_sha256, detail)
                VALUES (?, 'force:46', 1, 'ACCEPTED', ?, 'hub', sha256(''), 'detail')
                """,
                id,
                at());
        long inbound = inbound("APPLIED", reference);
        jdbc.update(
                """
                INSERT INTO outcome (inbound, case_id, force, message_id, type, at, officer, reason, crime_reference, applied_at)
                VALUES (?, ?, '46', ?, '1', ?, 'PC Example', 'because', '46/1/26', ?)
                """,
                inbound,
                id,
                "o-" + numbers,
                at(),
                at());
        jdbc.update(
                """
                INSERT INTO command (kind, target, actor, reason, asked_at, done_at, result)
                VALUES ('APPROVE', ?, 'ann', 'because', ?, ?, 'done')
                """,
                reference,
                at(),
                at());
        jdbc.update(
                """
                INSERT INTO task (kind, subject, case_id, detail, opened_at, closed_at, closed_by, closed_why)
                VALUES ('RECEIPT', ?, ?, 'late', ?, ?, 'ann', 'came')
                """,
                "receipt/" + reference,
                id,
                at(),
                at());
        return id;
    }

    String reference(long caseId) {
        return jdbc.queryForObject("SELECT reference FROM referral_case WHERE id = ?", String.class, caseId);
    }

    long inbound(String state, @Nullable String reference) {
        return id(
                """
                INSERT INTO inbound (channel, sender, raw, sha256, received_at, state, case_reference, detail)
                VALUES ('rest', '46', convert_to('said', 'UTF8'), sha256(convert_to(?, 'UTF8')), ?, ?, ?, 'detail') RETURNING id
                """,
                "said " + ++numbers,
                at(),
                state,
                reference);
    }

    void hint() {
        jdbc.update(
                "INSERT INTO hint (message_id, event_type, raw, received_at) VALUES (?, 'incident', ''::bytea, ?)",
                "h-" + ++numbers,
                at());
    }

    long work(String step, String key, boolean finished) {
        return id(
                "INSERT INTO work (step, key, done, next_at) VALUES (?, ?, ?, ?) RETURNING id",
                step,
                key,
                finished ? 1 : 0,
                at());
    }

    void tally() {
        jdbc.update(
                "INSERT INTO tally (day, what, n) VALUES ((?::timestamptz AT TIME ZONE 'UTC')::date, 'event/x', 1)"
                        + " ON CONFLICT DO NOTHING",
                at());
    }

    void listed(String prison) {
        jdbc.update(
                """
                INSERT INTO source_day (system, prison, day, listed_at, ids, modified, modified_at, statuses)
                VALUES ('incident-reporting', ?, (?::timestamptz AT TIME ZONE 'UTC')::date, ?, '{}', '{}', '{}', '{}')
                """,
                prison,
                at(),
                at());
    }

    void manifest(String force, String... messages) {
        jdbc.update(
                """
                INSERT INTO force_manifest (force, day, as_of, items, sha256)
                VALUES (?, (?::timestamptz AT TIME ZONE 'UTC')::date, ?, ?, sha256('m'))
                """,
                force,
                at(),
                at(),
                messages.length);
        for (String message : messages) {
            jdbc.update(
                    """
                    INSERT INTO force_manifest_item (force, message_id, day, sha256s, times)
                    VALUES (?, ?, (?::timestamptz AT TIME ZONE 'UTC')::date, '{}', 1)
                    """,
                    force,
                    message,
                    at());
        }
    }

    void hold(long caseId) {
        jdbc.update("INSERT INTO legal_hold (case_id, placed_by, placed_why) VALUES (?, 'ann', 'inquiry')", caseId);
        jdbc.update("UPDATE referral_case SET held = true WHERE id = ?", caseId);
    }

    void release(long caseId) {
        jdbc.update(
                "UPDATE legal_hold SET released_at = now(), released_by = 'ann', released_why = 'over' WHERE case_id = ? AND released_at IS NULL",
                caseId);
        jdbc.update("UPDATE referral_case SET held = false WHERE id = ?", caseId);
    }

    /** The gauge, by kind, of what it is not zero for. */
    Map<String, Double> pastPolicy() {
        var past = new java.util.TreeMap<String, Double>();
        meters.find("sallyport.retention.past.policy.seconds")
                .gauges()
                .forEach(gauge -> past.put(gauge.getId().getTag("kind"), gauge.value()));
        past.values().removeIf(value -> value == 0);
        return past;
    }

    @Override
    public void close() {
        dataSource.close();
    }
}
