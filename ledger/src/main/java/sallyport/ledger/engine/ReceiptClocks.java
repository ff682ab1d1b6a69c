package sallyport.ledger.engine;

import static sallyport.ledger.engine.Database.longs;
import static sallyport.ledger.engine.Database.time;
import static sallyport.ledger.engine.Database.with;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import sallyport.ledger.CaseClass;
import sallyport.ledger.CaseState;
import sallyport.ledger.Chore;
import sallyport.ledger.Effect.AddReceipt;
import sallyport.ledger.Effect.ChangeCase;
import sallyport.ledger.Effect.CloseTasks;
import sallyport.ledger.Effect.OpenTask;
import sallyport.ledger.Effect.Promise;
import sallyport.ledger.LaneFamily;
import sallyport.ledger.ReceiptPolicy;
import sallyport.ledger.ReceiptPolicy.Awaited;
import sallyport.ledger.Rung;

/**
 * The clocks of the receipt ladder. They start, are met and are stopped in the transaction that promises the package, writes the
 * receipt or closes the case; what nobody answers becomes first a warning and then a task for its owner. A rung that comes closes
 * its task. Times are frozen when a clock starts: a changed setting does not move what was agreed.
 */
final class ReceiptClocks implements Chore {

    static final String TASK = "RECEIPT";

    private static final Logger log = LoggerFactory.getLogger(ReceiptClocks.class);

    private static final int MOST = 500;

    /** The names of the rungs in order, so that the database can compare them. */
    private static final String[] RUNGS =
            Arrays.stream(Rung.values()).map(Enum::name).toArray(String[]::new);

    private static final String[] OF_THE_CASE =
            Arrays.stream(Rung.values()).filter(Rung::ofTheCase).map(Enum::name).toArray(String[]::new);

    /** What came already is not awaited, nor is anything more of a case that has ended. */
    private static final String START =
            """
            INSERT INTO receipt_clock (case_id, lane, package_version, rung, owner, started_at, warn_at, overdue_at, next_at)
            SELECT k.case_id, k.lane, k.version, k.rung, k.owner, k.at, k.warn_at, k.overdue_at, k.warn_at
              FROM unnest(:cases::bigint[], :lanes::text[], :versions::int[], :awaited::text[], :owners::text[],
                          :ats::timestamptz[], :warnAts::timestamptz[], :overdueAts::timestamptz[]) WITH ORDINALITY
                     AS k(case_id, lane, version, rung, owner, at, warn_at, overdue_at, n)
             WHERE EXISTS (
                     SELECT 1 FROM referral_case c
                      WHERE c.id = k.case_id
                        AND (k.rung <> ALL(:ofTheCase::text[]) OR c.state NOT IN ('CLOSED', 'WITHDRAWN')))
               AND (SELECT true FROM receipt r
                     WHERE r.case_id = k.case_id AND r.lane = k.lane
                       AND CASE WHEN k.rung = ANY(:ofTheCase::text[]) THEN r.rung IN (k.rung, 'OUTCOME')
                                WHEN r.rung = ANY(:ofTheCase::text[]) THEN r.package_version >= k.version
                                ELSE r.package_version = k.version
                                     AND array_position(:rungs::text[], r.rung) >= array_position(:rungs::text[], k.rung) END
                     LIMIT 1) IS NULL
             ORDER BY k.n
            ON CONFLICT DO NOTHING
            """;

    /** By which channel each went, as the claim that brought the receipt left it. */
    private static final String ACCEPTED_BY =
            """
            SELECT DISTINCT ON (came.case_id, came.lane, came.version)
                   came.case_id, came.lane, came.version, came.at, i.kind, i.class, i.channels[i.channel_index + 1] AS channel
              FROM unnest(:cases::bigint[], :lanes::text[], :versions::int[], :ats::timestamptz[])
                     AS came(case_id, lane, version, at)
              JOIN lane_case c ON c.lane = came.lane AND c.case_id = came.case_id
              JOIN lane_item i ON i.lane_case = c.id AND i.package_version = came.version
             ORDER BY came.case_id, came.lane, came.version, i.seq DESC
            """;

    /** A rung, and what a higher one implies: who gives a crime reference has the package. An outcome answers all the rest. */
    private static final String MET =
            """
            WITH came AS (
              SELECT r.id, r.case_id, r.lane, r.package_version, r.rung
                FROM unnest(:cases::bigint[], :lanes::text[], :versions::int[], :names::text[]) AS w(case_id, lane, version, rung)
                JOIN receipt r ON r.case_id = w.case_id AND r.lane = w.lane AND r.package_version = w.version AND r.rung = w.rung),
            answer AS (
              SELECT DISTINCT ON (k.id) k.id, came.id AS receipt, came.rung
                FROM receipt_clock k JOIN came ON came.case_id = k.case_id AND came.lane = k.lane
               WHERE k.ended_at IS NULL
                 AND CASE WHEN k.rung = ANY(:ofTheCase::text[]) THEN came.rung IN (k.rung, 'OUTCOME')
                          WHEN came.rung = ANY(:ofTheCase::text[]) THEN came.package_version >= k.package_version
                          ELSE came.package_version = k.package_version
                               AND array_position(:rungs::text[], came.rung) >= array_position(:rungs::text[], k.rung) END
               ORDER BY k.id, came.rung <> k.rung, array_position(:rungs::text[], came.rung))
            UPDATE receipt_clock k
               SET state = 'MET', next_at = NULL, receipt = a.receipt, ended_at = :now,
                   ended_why = CASE WHEN a.rung = k.rung THEN NULL ELSE 'implied by ' || lower(replace(a.rung, '_', ' ')) END
              FROM answer a, referral_case c
             WHERE k.id = a.id AND c.id = k.case_id AND k.ended_at IS NULL
            RETURNING c.reference, k.lane, k.package_version, k.rung
            """;

    /** But whether the force has taken note of the withdrawal is awaited still. */
    private static final String STOPPED =
            """
            UPDATE receipt_clock k SET state = 'STOPPED', next_at = NULL, ended_at = :now, ended_why = :why
              FROM referral_case c
             WHERE c.id = k.case_id AND k.case_id = ANY(:cases::bigint[]) AND k.ended_at IS NULL
               AND NOT EXISTS (SELECT 1 FROM package p WHERE p.case_id = k.case_id AND p.version = k.package_version
                                  AND p.kind = 'WITHDRAWAL')
            RETURNING c.reference, k.lane, k.package_version, k.rung
            """;

    /** What a person or a withdrawal took out of its lane is not going to be accepted. */
    private static final String NOT_SENT =
            """
            WITH given_up AS (
              SELECT k.id
                FROM receipt_clock k
               WHERE k.ended_at IS NULL AND k.rung = 'ACCEPTED'
                 AND EXISTS (SELECT 1 FROM lane_case c JOIN lane_item i ON i.lane_case = c.id
                              WHERE c.lane = k.lane AND c.case_id = k.case_id AND i.package_version = k.package_version)
                 AND NOT EXISTS (SELECT 1 FROM lane_case c JOIN lane_item i ON i.lane_case = c.id
                                  WHERE c.lane = k.lane AND c.case_id = k.case_id AND i.package_version = k.package_version
                                    AND i.state <> 'CANCELLED')
               ORDER BY k.id LIMIT :most FOR UPDATE OF k SKIP LOCKED)
            UPDATE receipt_clock k SET state = 'STOPPED', next_at = NULL, ended_at = :now, ended_why = 'not sent'
              FROM given_up g, referral_case c
             WHERE k.id = g.id AND c.id = k.case_id
            RETURNING c.reference, k.lane, k.package_version, k.rung
            """;

    private static final String DUE =
            """
            WITH due AS (
              SELECT id FROM receipt_clock WHERE next_at <= :now ORDER BY next_at, id LIMIT :most FOR UPDATE SKIP LOCKED)
            UPDATE receipt_clock k
               SET state = CASE WHEN k.overdue_at <= :now THEN 'OVERDUE' ELSE 'WARNED' END,
                   next_at = CASE WHEN k.overdue_at <= :now THEN NULL ELSE k.overdue_at END
              FROM due, referral_case c
             WHERE k.id = due.id AND c.id = k.case_id
            RETURNING c.reference, k.lane, k.package_version, k.rung, k.state, k.owner, k.overdue_at, k.case_id, c.prison, c.force
            """;

    private final Database database;
    private final Tasks tasks;
    private final ReceiptPolicy policy;
    private final Clock clock;

    ReceiptClocks(Database database, Tasks tasks, ReceiptPolicy policy, Clock clock) {
        this.database = database;
        this.tasks = tasks;
        this.policy = policy;
        this.clock = clock;
    }

    /** The first rung of each package is awaited from its promise on. */
    void promised(Collection<Promise> promises) {
        Instant now = clock.instant();
        var starts = new ArrayList<Start>();
        for (Promise promise : promises) {
            Integer version = promise.packageVersion();
            if (promise.family() == LaneFamily.FORCE && version != null) {
                policy.awaited(promise.lane(), null, promise.caseClass(), isWithdrawal(promise.kind()))
                        .forEach(awaited ->
                                starts.add(new Start(promise.caseId(), promise.lane(), version, awaited, now)));
            }
        }
        start(starts);
    }

    /** After the receipts are written. */
    void came(List<AddReceipt> receipts) {
        if (receipts.isEmpty()) {
            return;
        }
        closeTasks(database.sql().query(MET, parameters(receipts), ReceiptClocks::rung), "it came");
        var accepted = receipts.stream()
                .filter(receipt -> receipt.rung() == Rung.ACCEPTED)
                .toList();
        if (accepted.isEmpty()) {
            return;
        }
        var starts = new ArrayList<Start>();
        database.sql().query(ACCEPTED_BY, parameters(accepted), row -> {
            long caseId = row.getLong("case_id");
            String lane = row.getString("lane");
            int version = row.getInt("version");
            Instant at = CaseRows.known(row, "at");
            policy.awaited(
                            lane,
                            row.getString("channel"),
                            CaseClass.valueOf(row.getString("class")),
                            isWithdrawal(row.getString("kind")))
                    .forEach(awaited -> starts.add(new Start(caseId, lane, version, awaited, at)));
        });
        start(starts);
    }

    /** Nothing more is awaited for cases that have ended. */
    void ended(List<ChangeCase> changes) {
        stop(changes, CaseState.CLOSED, "the case is closed");
        stop(changes, CaseState.WITHDRAWN, "the case is withdrawn");
    }

    /** Nothing more is awaited of a case that became part of another. */
    void combined(long caseId, String why) {
        stop(List.of(caseId), why);
    }

    private void stop(List<ChangeCase> changes, CaseState state, String why) {
        var ids = changes.stream()
                .map(ChangeCase::referralCase)
                .filter(changed -> changed.state() == state)
                .map(changed -> changed.id())
                .distinct()
                .sorted()
                .toList();
        stop(ids, why);
    }

    private void stop(List<Long> ids, String why) {
        if (!ids.isEmpty()) {
            closeTasks(
                    database.sql()
                            .query(
                                    STOPPED,
                                    with("cases", longs(ids))
                                            .addValue("why", why)
                                            .addValue("now", now()),
                                    ReceiptClocks::rung),
                    why);
        }
    }

    @Override
    public String name() {
        return "receipt clocks";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(30);
    }

    @Override
    public void run() {
        int warned = 0;
        int overdue = 0;
        int some;
        do {
            List<Late> late = database.inTransactionAgain(this::late);
            some = late.size();
            int worse = (int) late.stream().filter(Late::overdue).count();
            overdue += worse;
            warned += some - worse;
        } while (some == MOST);
        database.inTransactionAgain(() -> {
            var notSent =
                    database.sql().query(NOT_SENT, with("now", now()).addValue("most", MOST), ReceiptClocks::rung);
            closeTasks(notSent, "it is not sent");
            return notSent.size();
        });
        if (warned + overdue > 0) {
            log.warn("receipts: {} soon due, {} overdue", warned, overdue);
        }
    }

    private List<Late> late() {
        var late = database.sql().query(DUE, with("now", now()).addValue("most", MOST), (row, n) -> Late.of(row));
        tasks.open(late.stream().filter(Late::overdue).map(Late::task).toList());
        return late;
    }

    private void closeTasks(List<Awaiting> rungs, String why) {
        if (!rungs.isEmpty()) {
            tasks.close(List.of(
                    new CloseTasks(TASK, rungs.stream().map(Awaiting::subject).collect(Collectors.toSet()), why)));
        }
    }

    private void start(List<Start> starts) {
        database.forAll(
                START,
                Unnested.of(starts)
                        .longs("cases", Start::caseId)
                        .texts("lanes", Start::lane)
                        .ints("versions", Start::version)
                        .texts("awaited", start -> start.awaited.rung().name())
                        .texts("owners", start -> start.awaited.owner())
                        .times("ats", Start::at)
                        .times("warnAts", start -> start.at.plus(start.awaited.warn()))
                        .times("overdueAts", start -> start.at.plus(start.awaited.overdue()))
                        .all("rungs", RUNGS)
                        .all("ofTheCase", OF_THE_CASE));
    }

    /** A clock that is to start. */
    private record Start(long caseId, String lane, int version, Awaited awaited, Instant at) {}

    private MapSqlParameterSource parameters(List<AddReceipt> receipts) {
        return Unnested.of(receipts)
                .longs("cases", AddReceipt::caseId)
                .texts("lanes", AddReceipt::lane)
                .ints("versions", AddReceipt::packageVersion)
                .texts("names", receipt -> receipt.rung().name())
                .times("ats", AddReceipt::at)
                .all("rungs", RUNGS)
                .all("ofTheCase", OF_THE_CASE)
                .all("now", now())
                .values();
    }

    private @Nullable Object now() {
        return time(clock.instant());
    }

    private static boolean isWithdrawal(String kind) {
        return kind.equals("WITHDRAWAL");
    }

    private static Awaiting rung(ResultSet row, int n) throws SQLException {
        return new Awaiting(
                row.getString("reference"),
                row.getString("lane"),
                row.getInt("package_version"),
                Rung.valueOf(row.getString("rung")));
    }

    /** One rung that is awaited, or was. */
    private record Awaiting(String reference, String lane, int version, Rung rung) {

        String subject() {
            return "receipt/" + reference + "/" + lane + "/v" + version + "/" + rung;
        }
    }

    /** A clock that has just moved. */
    private record Late(
            Awaiting awaiting,
            boolean overdue,
            String owner,
            Instant due,
            long caseId,
            @Nullable String prison,
            @Nullable String force) {

        static Late of(ResultSet row) throws SQLException {
            return new Late(
                    rung(row, 0),
                    row.getString("state").equals("OVERDUE"),
                    row.getString("owner"),
                    CaseRows.known(row, "overdue_at"),
                    row.getLong("case_id"),
                    row.getString("prison"),
                    row.getString("force"));
        }

        OpenTask task() {
            String what = awaiting.rung().name().toLowerCase(Locale.ROOT).replace('_', ' ');
            return new OpenTask(
                    TASK,
                    awaiting.subject(),
                    caseId,
                    prison,
                    force,
                    "No \"" + what + "\" from " + awaiting.lane().replace(':', ' ') + " for package "
                            + awaiting.version() + " in the time for it. Who must act: " + owner.replace('-', ' ')
                            + ".",
                    due);
        }
    }
}
