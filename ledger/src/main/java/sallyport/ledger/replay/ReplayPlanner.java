package sallyport.ledger.replay;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import sallyport.ledger.LanePolicy;
import sallyport.mappings.Rejected;
import sallyport.mappings.canonical.Sha256;
import sallyport.mappings.difference.Difference;

/**
 * Plans a job step by step, each in the caller's short transaction: items are selected by ranges of ids, then judged in batches.
 * However much there is, one step holds little, and a node that dies in the middle loses one step.
 */
final class ReplayPlanner {

    /** So many ids at a time are looked at. */
    private static final int RANGE = 20_000;

    /** So many items at a time, with all their bytes, are compared. */
    private static final int BATCH = 100;

    private static final String SELECT =
            """
            INSERT INTO replay_item (replay, lane_item, lane_case)
            SELECT r.id, i.id, c.id
              FROM replay r
              JOIN lane_item i ON i.id > :from AND i.id <= :to AND i.state IN ('DONE', 'PARKED')
              JOIN lane_case c ON c.id = i.lane_case
              JOIN referral_case rc ON rc.id = c.case_id
             WHERE r.id = :replay
               AND (r.lane IS NULL OR c.lane = r.lane)
               AND (r.force IS NULL OR rc.force = r.force)
               AND (r.standing = 'ANY' OR (r.standing = 'PARKED') = (i.state = 'PARKED'))
               AND (r.cause IS NULL
                    OR CASE i.state WHEN 'PARKED' THEN c.head_item = i.id AND c.parked_code = r.cause
                       ELSE EXISTS (SELECT 1 FROM attempt a
                                     WHERE a.lane_item = i.id AND a.code = r.cause AND a.outcome <> 'ACCEPTED') END)
               AND (r.ended_from IS NULL
                    OR CASE i.state WHEN 'PARKED' THEN c.parked_at ELSE i.done_at END >= r.ended_from)
               AND (r.ended_to IS NULL OR CASE i.state WHEN 'PARKED' THEN c.parked_at ELSE i.done_at END < r.ended_to)
               AND ('*' = ANY(r.prisons) OR '*' = ANY(r.forces) OR rc.prison = ANY(r.prisons) OR rc.force = ANY(r.forces))
            ON CONFLICT DO NOTHING
            """;

    /** What one run of a step promised for one case has one time. */
    private static final String EVERYWHERE =
            """
            INSERT INTO replay_item (replay, lane_item, lane_case)
            SELECT DISTINCT :replay::bigint, o.id, oc.id
              FROM replay_item ri
              JOIN lane_item i ON i.id = ri.lane_item
              JOIN lane_case c ON c.id = i.lane_case
              JOIN lane_case oc ON oc.case_id = c.case_id
              JOIN lane_item o ON o.lane_case = oc.id AND o.promised_at = i.promised_at AND o.state IN ('DONE', 'PARKED')
             WHERE ri.replay = :replay AND ri.lane_item > :from AND ri.lane_item <= :to
            ON CONFLICT DO NOTHING
            """;

    private static final String UNJUDGED =
            """
            SELECT i.id, c.lane, l.family, i.kind, i.message_id, i.channels[i.channel_index + 1] AS channel,
                   g.profile, g.bytes, g.sha256, p.canonical, p.built_at,
                   i.state = 'DONE'
                   OR EXISTS (SELECT 1 FROM attempt a
                               WHERE a.lane_item = i.id AND a.may_have_reached AND a.outcome <> 'REJECTED') AS may_be_held,
                   EXISTS (SELECT 1 FROM lane_item n
                            WHERE n.lane_case = i.lane_case AND n.seq > i.seq AND n.state = 'DONE'
                              AND (i.kind = 'TRACKER_ROW' OR n.kind = 'WITHDRAWAL')
                              AND NOT EXISTS (SELECT 1 FROM replay_item s
                                               WHERE s.replay = ri.replay AND s.lane_item = n.id)) AS superseded
              FROM (SELECT * FROM replay_item WHERE replay = :replay AND verdict IS NULL ORDER BY lane_item LIMIT :most) ri
              JOIN lane_item i ON i.id = ri.lane_item
              JOIN lane_case c ON c.id = i.lane_case
              JOIN lane l ON l.name = c.lane
              LEFT JOIN rendering g ON g.lane_item = i.id AND g.channel = i.channels[i.channel_index + 1] AND g.erased_by IS NULL
              LEFT JOIN package p ON p.case_id = c.case_id AND p.version = i.package_version AND l.family = 'FORCE'
                                 AND p.erased_by IS NULL
            """;

    private static final String JUDGE =
            """
            UPDATE replay_item
               SET verdict = :verdict, recognition = :recognition, differs = :differs, today_sha256 = :today, code = :code,
                   state = :state
             WHERE replay = :replay AND lane_item = :item
            """;

    private static final String REACH =
            """
            INSERT INTO replay_reach (replay, prison, force)
            SELECT DISTINCT :replay::bigint, rc.prison, coalesce(rc.force, '')
              FROM replay_item ri JOIN lane_case c ON c.id = ri.lane_case JOIN referral_case rc ON rc.id = c.case_id
             WHERE ri.replay = :replay
            """;

    private static final String PLANNED =
            """
            UPDATE replay
               SET state = 'PLANNED',
                   sensitive = EXISTS (SELECT 1 FROM replay_item ri JOIN lane_item i ON i.id = ri.lane_item
                                        WHERE ri.replay = :replay AND i.class = ANY(:classes::text[]))
             WHERE id = :replay AND state = 'PLANNING'
            """;

    private final JdbcClient jdbc;
    private final NamedParameterJdbcTemplate batches;
    private final Supplier<LanePolicy> policy;
    private final Supplier<TodaysMapping> mapping;
    private final ReplayProperties properties;

    ReplayPlanner(
            DataSource dataSource,
            Supplier<LanePolicy> policy,
            Supplier<TodaysMapping> mapping,
            ReplayProperties properties) {
        this.batches = new NamedParameterJdbcTemplate(dataSource);
        this.jdbc = JdbcClient.create(batches);
        this.policy = policy;
        this.mapping = mapping;
        this.properties = properties;
    }

    /** One step. */
    void step(long replay) {
        long[] range = jdbc.sql("SELECT looked_to, look_to FROM replay WHERE id = :replay")
                .param("replay", replay)
                .query((row, n) -> new long[] {row.getLong(1), row.getLong(2)})
                .single();
        if (range[0] < range[1]) {
            select(replay, range[0], Math.min(range[1], range[0] + RANGE));
        } else {
            List<Judged> judged = jdbc.sql(UNJUDGED)
                    .param("replay", replay)
                    .param("most", BATCH)
                    .query((row, n) -> judge(row))
                    .list();
            if (judged.isEmpty()) {
                ready(replay);
            } else {
                write(replay, judged);
            }
        }
    }

    private void select(long replay, long from, long to) {
        for (String sql : new String[] {SELECT, EVERYWHERE}) {
            boolean everywhere = sql.equals(EVERYWHERE);
            if (!everywhere || everywhere(replay)) {
                jdbc.sql(sql)
                        .param("replay", replay)
                        .param("from", from)
                        .param("to", to)
                        .update();
            }
        }
        long found = jdbc.sql("SELECT count(*) FROM replay_item WHERE replay = :replay")
                .param("replay", replay)
                .query(Long.class)
                .single();
        if (found > properties.mostItems()) {
            jdbc.sql("DELETE FROM replay_item WHERE replay = :replay")
                    .param("replay", replay)
                    .update();
            jdbc.sql(
                            """
                            UPDATE replay SET state = 'REFUSED', ended_at = now(), refused_why = :why
                             WHERE id = :replay AND state = 'PLANNING'
                            """)
                    .param("why", "more than " + properties.mostItems() + " items: narrow the filter")
                    .param("replay", replay)
                    .update();
        } else {
            jdbc.sql("UPDATE replay SET looked_to = :to WHERE id = :replay")
                    .param("to", to)
                    .param("replay", replay)
                    .update();
        }
    }

    private boolean everywhere(long replay) {
        return jdbc.sql("SELECT everywhere FROM replay WHERE id = :replay")
                .param("replay", replay)
                .query(Boolean.class)
                .single();
    }

    private record Judged(
            long item,
            Verdict verdict,
            Verdict recognition,
            @Nullable Integer differs,
            byte @Nullable [] today,
            @Nullable String code) {}

    private Judged judge(ResultSet row) throws SQLException {
        long item = row.getLong("id");
        Verdict recognition = recognition(row);
        byte[] then = row.getBytes("bytes");
        if (then == null) {
            return new Judged(item, Verdict.NO_BYTES, recognition, null, null, null);
        }
        Optional<byte[]> today;
        try {
            today = mapping.get().render(ReplayDesk.sent(row));
        } catch (RuntimeException refused) {
            return new Judged(item, Verdict.OTHER_BYTES, recognition, null, null, refusal(refused));
        }
        Integer differs = today.map(bytes -> Difference.count(then, bytes)).orElse(null);
        Verdict verdict;
        if (row.getBoolean("superseded")) {
            verdict = Verdict.SUPERSEDED;
        } else if (differs != null && differs > 0) {
            verdict = Verdict.OTHER_BYTES;
        } else {
            verdict = recognition;
        }
        return new Judged(
                item,
                verdict,
                recognition,
                differs,
                today.map(bytes -> Sha256.of(bytes)).orElse(null),
                null);
    }

    private Verdict recognition(ResultSet row) throws SQLException {
        if (!row.getBoolean("may_be_held")) {
            return Verdict.NEVER_ARRIVED;
        }
        return switch (policy.get().afterUnknown(row.getString("lane"), String.valueOf(row.getString("channel")))) {
            case RESEND -> Verdict.DEDUPES;
            case ASK -> Verdict.CAN_BE_ASKED;
            case PARK -> Verdict.WOULD_DOUBLE;
        };
    }

    private void write(long replay, List<Judged> judged) {
        List<MapSqlParameterSource> rows = new ArrayList<>();
        for (Judged each : judged) {
            rows.add(new MapSqlParameterSource("replay", replay)
                    .addValue("item", each.item())
                    .addValue("verdict", each.verdict().name())
                    .addValue("recognition", each.recognition().name())
                    .addValue("differs", each.differs())
                    .addValue("today", each.today())
                    .addValue("code", each.code())
                    .addValue("state", each.verdict().goes() ? "PLANNED" : "LEFT_OUT"));
        }
        batches.batchUpdate(JUDGE, rows.toArray(MapSqlParameterSource[]::new));
    }

    private void ready(long replay) {
        jdbc.sql(REACH).param("replay", replay).update();
        jdbc.sql(PLANNED)
                .param("replay", replay)
                .param(
                        "classes",
                        properties.sensitiveClasses().stream().map(Enum::name).toArray(String[]::new))
                .update();
    }

    /** A code, never a value. */
    static String refusal(RuntimeException refused) {
        return refused instanceof Rejected rejected
                ? rejected.code()
                : refused.getClass().getSimpleName();
    }
}
