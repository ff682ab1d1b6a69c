package sallyport.ledger.desk;

import static sallyport.ledger.desk.Columns.hex;
import static sallyport.ledger.desk.Columns.instant;
import static sallyport.ledger.desk.Columns.maybeInstant;
import static sallyport.ledger.desk.Columns.maybeInt;
import static sallyport.ledger.desk.Columns.texts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import sallyport.ledger.CaseClass;
import sallyport.ledger.CasePerson;
import sallyport.ledger.CaseState;
import sallyport.ledger.PackageKind;
import sallyport.ledger.Rung;

/**
 * Cases as people see them: what is outside a scope does not exist here, and whoever opens a case leaves a consultation in the
 * evidence log (DPA 2018 s62) in the same transaction, or does not see it.
 */
public final class CaseDesk {

    private static final int MOST = 500;

    private final JdbcClient jdbc;
    private final TransactionTemplate consultation;
    private final CaseSignals signals;

    public CaseDesk(DataSource dataSource, PlatformTransactionManager transactions) {
        this.jdbc = JdbcClient.create(dataSource);
        this.signals = new CaseSignals(jdbc);
        this.consultation = new TransactionTemplate(transactions);
        // One snapshot for all the lists of a file.
        this.consultation.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    /** Newest first; equal times by id, so that a page never repeats a row of the one before. */
    public Page<CaseRow> cases(CaseQuery query, Scope scope) {
        // A case that became part of another is found as that one.
        String found = "FROM referral_case c WHERE c.combined_into IS NULL AND " + Scope.covers("c")
                + (query.state() == null ? "" : " AND c.state = :state")
                + (query.force() == null ? "" : " AND c.force = :force")
                + (query.prison() == null ? "" : " AND c.prison = :prison")
                + (query.series() == null ? "" : " AND EXISTS (" + MAKES_A_SERIES + ")")
                + (query.q() == null
                        ? ""
                        : " AND c.id IN (SELECT coalesce(f.combined_into, f.id) FROM referral_case f WHERE f.id IN ("
                                + SEARCH + "))");
        long total = narrowed(jdbc.sql("SELECT count(*) " + found), query, scope)
                .query(Long.class)
                .single();
        List<CaseRow> rows = narrowed(
                        jdbc.sql("WITH page AS (SELECT c.id " + found
                                + " ORDER BY c.opened_at DESC, c.id DESC LIMIT :size OFFSET :offset) " + ROWS
                                + " WHERE c.id IN (SELECT id FROM page) ORDER BY c.opened_at DESC, c.id DESC"),
                        query,
                        scope)
                .param("size", query.size())
                .param("offset", (long) query.page() * query.size())
                .query(CaseDesk::row)
                .list();
        return new Page<>(rows, query.page(), query.size(), total);
    }

    /** Cases that wait for approval, the most urgent first. */
    public List<CaseRow> waiting(Scope scope, int most) {
        return listed("c.state = 'AWAITING_DECISION'", "c.decide_by NULLS LAST, c.opened_at", scope, most);
    }

    /** Cases at which a person must look again, the longest unchanged first. */
    public List<CaseRow> underReview(Scope scope, int most) {
        return listed(
                "c.review_code IS NOT NULL AND c.review_code <> '" + CaseRow.CONFIRMED + "'",
                "c.changed_at",
                scope,
                most);
    }

    /** One case with all that happened to it; empty outside the scope. Seeing it is recorded. */
    public Optional<CaseFile> caseFile(String reference, Scope scope, String actor) {
        return consultation.execute(status -> {
            Optional<Head> head = scope.bind(
                            jdbc.sql(ROWS + " WHERE c.reference = :reference AND " + Scope.covers("c")))
                    .param("reference", reference)
                    .query(CaseDesk::head)
                    .optional();
            head.ifPresent(seen -> Logged.consultation(jdbc, reference, actor, "viewed the case"));
            return head.map(seen -> file(seen, scope));
        });
    }

    /** The case that this one became part of; empty for a case that stands for itself, or is outside the scope. */
    public Optional<String> combinedInto(String reference, Scope scope) {
        return scope.bind(jdbc.sql(
                        "SELECT c.reference FROM referral_case f JOIN referral_case c ON c.id = f.combined_into"
                                + " WHERE f.reference = :reference AND " + Scope.covers("c")))
                .param("reference", reference)
                .query(String.class)
                .optional();
    }

    /** The references of cases that became part of this one, the oldest first; what was sent under them is in their own files. */
    public List<String> combined(String reference, Scope scope) {
        return scope.bind(jdbc.sql(
                        "SELECT f.reference FROM referral_case f JOIN referral_case c ON c.id = f.combined_into"
                                + " WHERE c.reference = :reference AND " + Scope.covers("c") + " ORDER BY f.id"))
                .param("reference", reference)
                .query(String.class)
                .list();
    }

    private List<CaseRow> listed(String condition, String order, Scope scope, int most) {
        return scope.bind(jdbc.sql(ROWS + " WHERE " + condition + " AND " + Scope.covers("c") + " ORDER BY " + order
                        + ", c.id LIMIT :most"))
                .param("most", most)
                .query(CaseDesk::row)
                .list();
    }

    private static StatementSpec narrowed(StatementSpec statement, CaseQuery query, Scope scope) {
        var bound = scope.bind(statement);
        if (query.state() != null) {
            bound = bound.param("state", query.state().name());
        }
        if (query.force() != null) {
            bound = bound.param("force", query.force());
        }
        if (query.prison() != null) {
            bound = bound.param("prison", query.prison());
        }
        if (query.series() != null) {
            bound = bound.param("series", query.series());
        }
        if (query.q() != null) {
            String q = query.q().strip();
            String upper = q.toUpperCase(Locale.ROOT);
            bound = bound.param("q", q).param("upper", upper).param("prefix", prefix(upper));
        }
        return bound;
    }

    /** Only what begins like a case reference is a prefix; LIKE's own signs mean themselves. */
    private static String prefix(String upper) {
        return upper.startsWith("SP-")
                ? upper.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
                : "";
    }

    private CaseFile file(Head head, Scope scope) {
        long id = head.id();
        String reference = head.row().reference();
        List<CasePerson> people = all(PEOPLE, id, CaseDesk::person);
        return new CaseFile(
                head.row(),
                head.occurredText(),
                head.approvedBy(),
                head.approvalReason(),
                head.reviewDetail(),
                people,
                all(SOURCES, id, CaseDesk::source),
                all(DECISIONS, id, CaseDesk::decision),
                all(PACKAGES, id, CaseDesk::packageVersion),
                all(PROMISES, id, CaseDesk::promised),
                all(ATTEMPTS, id, CaseDesk::attempt),
                all(RECEIPTS, id, CaseDesk::receipt),
                all(LADDER, id, CaseDesk::rung),
                all(OUTCOMES, id, CaseDesk::outcome),
                all(PARKED, id, ParkedSql::row),
                about(COMMANDS, reference, CaseDesk::command),
                about(EVIDENCE, reference, CaseDesk::evidence),
                scope.bind(jdbc.sql(SERIES.formatted(Scope.covers("o"))))
                        .param("case", id)
                        .param("most", MOST)
                        .query(CaseDesk::earlier)
                        .list(),
                signals.of(head.row().family(), head.row().prison(), head.row().occurredAt(), people),
                all(HOLDS, id, (rs, n) -> LegalHolds.hold(rs)),
                all(ERASED, id, (rs, n) -> erased(rs)).stream()
                        .filter(java.util.Objects::nonNull)
                        .findFirst()
                        .orElse(null));
    }

    private <T> List<T> all(String sql, long caseId, RowMapper<T> mapper) {
        return jdbc.sql(sql)
                .param("case", caseId)
                .param("most", MOST)
                .query(mapper)
                .list();
    }

    private <T> List<T> about(String sql, String reference, RowMapper<T> mapper) {
        return jdbc.sql(sql)
                .param("reference", reference)
                .param("most", MOST)
                .query(mapper)
                .list();
    }

    private record Head(
            long id,
            CaseRow row,
            @Nullable String occurredText,
            @Nullable String approvedBy,
            @Nullable String approvalReason,
            @Nullable String reviewDetail) {}

    // One lookup per index; q never meets a body.
    private static final String SEARCH =
            """
            SELECT id FROM referral_case WHERE reference LIKE :prefix
            UNION ALL SELECT id FROM referral_case WHERE incident_reference IN (:q, :upper)
            UNION ALL SELECT id FROM referral_case WHERE upper(crime_reference) = :upper
            UNION ALL SELECT case_id FROM case_person WHERE prisoner_number = :upper
            """;

    private static final String ROWS =
            """
            SELECT c.*,
                   (SELECT count(*) FROM lane_case lc WHERE lc.case_id = c.id AND lc.parked_reason IS NOT NULL)
                   + (SELECT count(*) FROM work w WHERE w.step IN ('assembly', 'case-sync') AND w.key = c.reference
                         AND w.parked_kind IS NOT NULL) AS parked,
                   ARRAY(SELECT DISTINCT s.kind FROM case_series s JOIN referral_case o ON o.id = s.other
                          WHERE s.case_id = c.id AND o.state <> 'WITHDRAWN' ORDER BY s.kind) AS series
              FROM referral_case c
            """;

    private static final String MAKES_A_SERIES =
            """
            SELECT 1 FROM case_series s JOIN referral_case o ON o.id = s.other
             WHERE s.case_id = c.id AND o.state <> 'WITHDRAWN' AND (:series = 'ANY' OR s.kind = :series)
            """;

    /** Those in the scope only: what is outside it is not there. */
    private static final String SERIES =
            """
            SELECT s.kind, s.subject, o.reference, o.prison, o.force, o.state, o.occurred_at
              FROM case_series s JOIN referral_case o ON o.id = s.other
             WHERE s.case_id = :case AND o.state <> 'WITHDRAWN' AND %s
             ORDER BY s.kind, s.subject, o.occurred_at DESC, o.id DESC LIMIT :most
            """;

    private static final String PEOPLE =
            """
            SELECT prisoner_number, role, former FROM case_person WHERE case_id = :case
             ORDER BY former, role, prisoner_number LIMIT :most
            """;

    private static final String SOURCES =
            """
            SELECT * FROM (
              SELECT r.system, r.record_id, v.version_no, v.id = r.latest_version AS latest, v.sha256, v.modified_text,
                     v.modified_ambiguous, v.fetched_at, r.gone_at, v.id, e.at AS erased_on, e.policy
                FROM case_record cr
                JOIN source_record r ON r.id = cr.record
                JOIN source_version v ON v.record = r.id
                LEFT JOIN erasure e ON e.id = v.erased_by
               WHERE cr.case_id = :case
               ORDER BY v.id DESC LIMIT :most) newest
             ORDER BY fetched_at, id
            """;

    private static final String HOLDS =
            """
            SELECT c.reference, h.* FROM legal_hold h JOIN referral_case c ON c.id = h.case_id
             WHERE h.case_id = :case ORDER BY h.id LIMIT :most
            """;

    private static final String ERASED =
            """
            SELECT e.at AS erased_on, e.policy FROM referral_case c JOIN erasure e ON e.id = c.erased_by
             WHERE c.id = :case LIMIT :most
            """;

    private static final String DECISIONS =
            """
            SELECT * FROM (SELECT * FROM decision WHERE case_id = :case ORDER BY id DESC LIMIT :most) newest ORDER BY id
            """;

    private static final String PACKAGES =
            """
            SELECT version, package.kind, sha256, schema_version, mapping_version, readiness, built_at, e.at AS erased_on, e.policy,
                   named.documents, named.bytes
              FROM package LEFT JOIN erasure e ON e.id = package.erased_by
              -- Nothing is read of a package that is damaged, or of a case that has no documents.
              CROSS JOIN LATERAL (
                SELECT count(*) AS documents, coalesce(sum((one.document ->> 'size')::bigint), 0) AS bytes
                  FROM json_array_elements(
                         CASE WHEN EXISTS (SELECT 1 FROM document d WHERE d.case_id = :case AND d.state <> 'RECEIVING')
                               AND substr(canonical, 1, 1) = '{'::bytea AND sha256(canonical) = package.sha256
                              THEN convert_from(canonical, 'UTF8')::json -> 'documents' END) AS one(document)) named
             WHERE case_id = :case AND version > (SELECT max(version) FROM package WHERE case_id = :case) - :most
             ORDER BY version
            """;

    private static final String PROMISES =
            """
            SELECT * FROM (
              SELECT lc.lane, i.* FROM lane_case lc JOIN lane_item i ON i.lane_case = lc.id
               WHERE lc.case_id = :case ORDER BY i.id DESC LIMIT :most) newest
             ORDER BY id
            """;

    private static final String ATTEMPTS =
            """
            SELECT * FROM (
              SELECT lc.lane, i.kind, i.package_version, a.*
                FROM lane_case lc JOIN lane_item i ON i.lane_case = lc.id JOIN attempt a ON a.lane_item = i.id
               WHERE lc.case_id = :case ORDER BY a.id DESC LIMIT :most) newest
             ORDER BY id
            """;

    private static final String RECEIPTS =
            """
            SELECT * FROM (SELECT * FROM receipt WHERE case_id = :case ORDER BY id DESC LIMIT :most) newest ORDER BY at, id
            """;

    private static final String OUTCOMES =
            """
            SELECT * FROM (SELECT * FROM outcome WHERE case_id = :case ORDER BY id DESC LIMIT :most) newest ORDER BY id
            """;

    private static final String PARKED = ParkedSql.WITH_PARKED
            + """
            SELECT p.*, c.reference FROM parked p JOIN referral_case c ON c.id = p.case_id
             WHERE p.case_id = :case ORDER BY p.since LIMIT :most
            """;

    private static final String COMMANDS =
            """
            SELECT * FROM (SELECT * FROM command WHERE target = :reference ORDER BY id DESC LIMIT :most) newest ORDER BY id
            """;

    /** What is awaited, what came, and what came without being awaited. */
    private static final String LADDER =
            """
            SELECT * FROM (
              SELECT k.lane, k.package_version, k.rung, k.state, k.owner, k.warn_at, k.overdue_at, r.at, r.evidence_sha256,
                     coalesce(k.ended_why, r.detail) AS detail
                FROM receipt_clock k LEFT JOIN receipt r ON r.id = k.receipt WHERE k.case_id = :case
              UNION ALL
              SELECT r.lane, r.package_version, r.rung, 'MET', r.owner, NULL, NULL, r.at, r.evidence_sha256, r.detail
                FROM receipt r
               WHERE r.case_id = :case
                 AND NOT EXISTS (SELECT 1 FROM receipt_clock k WHERE k.receipt = r.id AND k.rung = r.rung)) AS ladder
             ORDER BY lane, package_version,
                      array_position('{ACCEPTED,RELAYED,DELIVERED,RETRIEVED,CRIME_REFERENCE,OFFICER_ALLOCATED,OUTCOME}'::text[], rung)
             LIMIT :most
            """;

    private static final String EVIDENCE =
            """
            SELECT kind, count(*) AS n, max(at) AS last_at, (array_agg(actor ORDER BY id DESC))[1] AS last_actor
              FROM evidence WHERE case_reference = :reference GROUP BY kind ORDER BY kind LIMIT :most
            """;

    private static CaseRow row(ResultSet rs, int n) throws SQLException {
        return new CaseRow(
                rs.getString("reference"),
                CaseState.valueOf(rs.getString("state")),
                rs.getString("verdict"),
                CaseClass.valueOf(rs.getString("class")),
                rs.getString("prison"),
                rs.getString("force"),
                rs.getString("family"),
                rs.getString("incident_reference"),
                maybeInstant(rs, "occurred_at"),
                instant(rs, "opened_at"),
                instant(rs, "changed_at"),
                maybeInstant(rs, "decide_by"),
                maybeInstant(rs, "approved_at"),
                rs.getInt("package_version"),
                rs.getString("crime_reference"),
                rs.getString("officer"),
                rs.getString("outcome_type"),
                maybeInstant(rs, "outcome_at"),
                rs.getString("review_code"),
                rs.getInt("parked"),
                texts(rs, "series"));
    }

    private static CaseFile.Earlier earlier(ResultSet rs, int n) throws SQLException {
        return new CaseFile.Earlier(
                rs.getString("kind"),
                rs.getString("subject").isEmpty() ? null : rs.getString("subject"),
                rs.getString("reference"),
                rs.getString("prison"),
                rs.getString("force"),
                CaseState.valueOf(rs.getString("state")),
                maybeInstant(rs, "occurred_at"));
    }

    private static Head head(ResultSet rs, int n) throws SQLException {
        return new Head(
                rs.getLong("id"),
                row(rs, n),
                rs.getString("occurred_text"),
                rs.getString("approved_by"),
                rs.getString("approval_reason"),
                rs.getString("review_detail"));
    }

    private static CaseFile.@Nullable Erased erased(ResultSet rs) throws SQLException {
        Instant at = maybeInstant(rs, "erased_on");
        return at == null ? null : new CaseFile.Erased(at, rs.getString("policy"));
    }

    private static CasePerson person(ResultSet rs, int n) throws SQLException {
        return new CasePerson(rs.getString("prisoner_number"), rs.getString("role"), rs.getBoolean("former"));
    }

    private static CaseFile.Source source(ResultSet rs, int n) throws SQLException {
        return new CaseFile.Source(
                rs.getString("system"),
                rs.getString("record_id"),
                rs.getInt("version_no"),
                rs.getBoolean("latest"),
                hex(rs, "sha256"),
                rs.getString("modified_text"),
                rs.getBoolean("modified_ambiguous"),
                instant(rs, "fetched_at"),
                maybeInstant(rs, "gone_at"),
                erased(rs));
    }

    private static CaseFile.Decision decision(ResultSet rs, int n) throws SQLException {
        return new CaseFile.Decision(
                rs.getString("kind"),
                rs.getString("verdict"),
                rs.getString("rule_version"),
                rs.getString("criteria"),
                rs.getString("explanation"),
                rs.getString("actor"),
                rs.getString("reason"),
                instant(rs, "at"));
    }

    private static CaseFile.PackageVersion packageVersion(ResultSet rs, int n) throws SQLException {
        return new CaseFile.PackageVersion(
                rs.getInt("version"),
                PackageKind.valueOf(rs.getString("kind")),
                hex(rs, "sha256"),
                rs.getString("schema_version"),
                rs.getString("mapping_version"),
                rs.getString("readiness"),
                instant(rs, "built_at"),
                rs.getInt("documents"),
                rs.getLong("bytes"),
                erased(rs));
    }

    private static CaseFile.Promised promised(ResultSet rs, int n) throws SQLException {
        return new CaseFile.Promised(
                rs.getString("lane"),
                rs.getInt("seq"),
                rs.getString("kind"),
                rs.getString("message_id"),
                maybeInt(rs, "package_version"),
                rs.getString("state"),
                texts(rs, "channels"),
                rs.getInt("attempts"),
                instant(rs, "promised_at"),
                maybeInstant(rs, "done_at"));
    }

    private static CaseFile.Attempt attempt(ResultSet rs, int n) throws SQLException {
        return new CaseFile.Attempt(
                rs.getString("lane"),
                rs.getString("kind"),
                maybeInt(rs, "package_version"),
                rs.getInt("attempt_no"),
                rs.getString("channel"),
                instant(rs, "started_at"),
                maybeInstant(rs, "finished_at"),
                rs.getString("outcome"),
                rs.getBoolean("may_have_reached"),
                rs.getString("code"),
                rs.getString("detail"));
    }

    private static CaseFile.Receipt receipt(ResultSet rs, int n) throws SQLException {
        return new CaseFile.Receipt(
                rs.getString("lane"),
                rs.getInt("package_version"),
                Rung.valueOf(rs.getString("rung")),
                instant(rs, "at"),
                rs.getString("owner"),
                maybeInstant(rs, "deadline"),
                hex(rs, "evidence_sha256"),
                rs.getString("detail"));
    }

    private static CaseFile.LadderRung rung(ResultSet rs, int n) throws SQLException {
        return new CaseFile.LadderRung(
                rs.getString("lane"),
                rs.getInt("package_version"),
                Rung.valueOf(rs.getString("rung")),
                rs.getString("state"),
                rs.getString("owner"),
                maybeInstant(rs, "warn_at"),
                maybeInstant(rs, "overdue_at"),
                maybeInstant(rs, "at"),
                rs.getBytes("evidence_sha256") == null ? null : hex(rs, "evidence_sha256"),
                rs.getString("detail"));
    }

    private static CaseFile.Outcome outcome(ResultSet rs, int n) throws SQLException {
        return new CaseFile.Outcome(
                rs.getString("force"),
                rs.getString("message_id"),
                rs.getString("type"),
                rs.getString("code"),
                instant(rs, "at"),
                rs.getString("crime_reference"),
                rs.getString("officer"),
                rs.getString("reason"),
                instant(rs, "applied_at"));
    }

    private static CaseFile.Command command(ResultSet rs, int n) throws SQLException {
        return new CaseFile.Command(
                rs.getLong("id"),
                rs.getString("kind"),
                rs.getString("argument"),
                rs.getString("actor"),
                rs.getString("reason"),
                instant(rs, "asked_at"),
                maybeInstant(rs, "done_at"),
                rs.getString("result"));
    }

    private static CaseFile.EvidenceCount evidence(ResultSet rs, int n) throws SQLException {
        return new CaseFile.EvidenceCount(
                rs.getString("kind"), rs.getLong("n"), instant(rs, "last_at"), rs.getString("last_actor"));
    }
}
