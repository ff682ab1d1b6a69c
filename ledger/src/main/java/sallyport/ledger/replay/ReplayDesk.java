package sallyport.ledger.replay;

import static java.util.Objects.requireNonNull;
import static sallyport.ledger.replay.ReplayRows.instant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import sallyport.ledger.CaseClass;
import sallyport.ledger.LaneFamily;
import sallyport.ledger.desk.Page;
import sallyport.ledger.desk.Scope;
import sallyport.mappings.canonical.Sha256;
import sallyport.mappings.difference.Difference;
import sallyport.mappings.difference.Masking;

/**
 * Replays as people see them. A job is there for those whose scope covers every case in it, and while it is being planned for the
 * one who asked. Whoever sees people in what was sent leaves a consultation in the evidence log (DPA 2018 s62), or sees masks.
 */
public final class ReplayDesk {

    /** For rows of {@code replay} under the alias {@code r}; wants {@code :me} besides the scope. */
    static final String IN_SCOPE =
            """
            (:scopeAll
             OR EXISTS (SELECT 1 FROM replay_reach w WHERE w.replay = r.id)
                AND NOT EXISTS (SELECT 1 FROM replay_reach w WHERE w.replay = r.id AND NOT %s)
             OR r.asked_by = :me AND NOT EXISTS (SELECT 1 FROM replay_reach w WHERE w.replay = r.id))
            """
                    .formatted(Scope.covers("w"));

    private static final String ITEM =
            """
            SELECT ri.*, c.lane, rc.reference, i.kind, i.message_id, i.package_version, i.class, i.done_at,
                   i.channels[i.channel_index + 1] AS channel
              FROM replay r
              JOIN replay_item ri ON ri.replay = r.id
              JOIN lane_item i ON i.id = ri.lane_item
              JOIN lane_case c ON c.id = i.lane_case
              JOIN referral_case rc ON rc.id = c.case_id
            """;

    private static final String SENT =
            """
            SELECT c.lane, l.family, i.kind, i.message_id, i.channels[i.channel_index + 1] AS channel, g.profile, g.bytes,
                   g.sha256, g.content_type, g.mapping_version, p.canonical, p.built_at, rc.reference, gone.at AS erased_at, gone.policy,
                   (SELECT max(a.finished_at) FROM attempt a WHERE a.lane_item = i.id AND NOT a.asked) AS last_sent_at
              FROM lane_item i
              JOIN lane_case c ON c.id = i.lane_case
              JOIN lane l ON l.name = c.lane
              JOIN referral_case rc ON rc.id = c.case_id
              JOIN rendering g ON g.lane_item = i.id AND g.channel = i.channels[i.channel_index + 1]
              LEFT JOIN erasure gone ON gone.id = g.erased_by
              LEFT JOIN package p ON p.case_id = c.case_id AND p.version = i.package_version AND l.family = 'FORCE'
                                 AND p.erased_by IS NULL
             WHERE i.id = :item
            """;

    private static final String CONSULTED =
            """
            INSERT INTO evidence (kind, case_reference, actor, reason, detail)
            VALUES ('CONSULTATION', :reference, :actor, 'viewed what a replay would send', 'message ' || :message)
            """;

    private final JdbcClient jdbc;
    private final TransactionTemplate snapshot;
    private final Supplier<TodaysMapping> mapping;

    /** @param mapping says what would be sent today; asked for when it is needed */
    public ReplayDesk(DataSource dataSource, PlatformTransactionManager transactions, Supplier<TodaysMapping> mapping) {
        this.jdbc = JdbcClient.create(dataSource);
        this.snapshot = new TransactionTemplate(transactions);
        this.snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.mapping = mapping;
    }

    /** What people did with a job: kind, who, why and when. */
    public record Said(String kind, String actor, String reason, Instant at) {}

    /**
     * What a receiver got, beside what it would get today.
     *
     * @param bytes how many
     * @param sha256 of what it got, in hexadecimal digits
     * @param todaySha256 of what it would get; null when that cannot be said
     * @param refusal why today's mapping makes nothing of it, in a word
     * @param masked whether values are hidden from whoever asked
     */
    public record Compared(
            String channel,
            String contentType,
            String mappingVersion,
            int bytes,
            String sha256,
            @Nullable Instant lastSentAt,
            @Nullable String todaySha256,
            @Nullable String refusal,
            boolean masked,
            List<Difference.Field> fields) {

        public Compared {
            fields = List.copyOf(fields);
        }
    }

    /** The newest first. */
    public Page<Replay> replays(Scope scope, String me, int page, int size) {
        long total = scope.bind(jdbc.sql("SELECT count(*) FROM replay r WHERE " + IN_SCOPE))
                .param("me", me)
                .query(Long.class)
                .single();
        List<Replay> rows = scope.bind(jdbc.sql("SELECT r.* FROM replay r WHERE " + IN_SCOPE
                        + " ORDER BY r.id DESC LIMIT :size OFFSET :offset"))
                .param("me", me)
                .param("size", size)
                .param("offset", (long) page * size)
                .query((row, n) -> job(row))
                .list();
        return new Page<>(rows, page, size, total);
    }

    public Optional<Replay> replay(long id, Scope scope, String me) {
        return scope.bind(jdbc.sql("SELECT r.* FROM replay r WHERE r.id = :id AND " + IN_SCOPE))
                .param("id", id)
                .param("me", me)
                .query((row, n) -> job(row))
                .optional();
    }

    /** What was said about a job that the caller has seen, oldest first. */
    public List<Said> said(long id) {
        return jdbc.sql("SELECT kind, actor, reason, asked_at FROM command WHERE target = :target ORDER BY id LIMIT"
                        + " 500")
                .param("target", "replay/" + id)
                .query((row, n) -> new Said(
                        row.getString("kind"),
                        row.getString("actor"),
                        row.getString("reason"),
                        requireNonNull(instant(row, "asked_at"))))
                .list();
    }

    /**
     * Items in the order in which they go.
     *
     * @param state only those; null for all
     * @param verdict only those; null for all
     */
    public Page<ReplayItem> items(
            long id,
            Replay.@Nullable ItemState state,
            @Nullable Verdict verdict,
            Scope scope,
            String me,
            int page,
            int size) {
        String where = " WHERE r.id = :id AND " + IN_SCOPE
                + " AND (:state::text IS NULL OR ri.state = :state) AND (:verdict::text IS NULL OR ri.verdict ="
                + " :verdict)";
        long total = narrowed(
                        "SELECT count(*) FROM replay r JOIN replay_item ri ON ri.replay = r.id" + where,
                        id,
                        state,
                        verdict,
                        scope,
                        me)
                .query(Long.class)
                .single();
        List<ReplayItem> rows = narrowed(
                        ITEM + where + " ORDER BY ri.lane_item LIMIT :size OFFSET :offset",
                        id,
                        state,
                        verdict,
                        scope,
                        me)
                .param("size", size)
                .param("offset", (long) page * size)
                .query((row, n) -> item(row))
                .list();
        return new Page<>(rows, page, size, total);
    }

    private JdbcClient.StatementSpec narrowed(
            String sql, long id, Replay.@Nullable ItemState state, @Nullable Verdict verdict, Scope scope, String me) {
        return scope.bind(jdbc.sql(sql))
                .param("id", id)
                .param("me", me)
                .param("state", state == null ? null : state.name())
                .param("verdict", verdict == null ? null : verdict.name());
    }

    public Optional<ReplayItem> item(long id, long laneItem, Scope scope, String me) {
        return scope.bind(jdbc.sql(ITEM + " WHERE r.id = :id AND ri.lane_item = :item AND " + IN_SCOPE))
                .param("id", id)
                .param("item", laneItem)
                .param("me", me)
                .query((row, n) -> item(row))
                .optional();
    }

    /**
     * What was sent and what would be, field by field; empty when it is not there, or no longer kept.
     *
     * @param unmasked whether this person may see people; recorded
     */
    public Optional<Compared> compared(long id, long laneItem, boolean unmasked, Scope scope, String me) {
        return requireNonNull(snapshot.execute(status -> {
            if (item(id, laneItem, scope, me).isEmpty()) {
                return Optional.<Compared>empty();
            }
            return jdbc.sql(SENT)
                    .param("item", laneItem)
                    .query((row, n) -> compared(row, unmasked, me))
                    .optional();
        }));
    }

    private Compared compared(ResultSet row, boolean unmasked, String me) throws SQLException {
        byte[] then = row.getBytes("bytes");
        byte[] today = null;
        String refusal = null;
        Instant erased = instant(row, "erased_at");
        if (erased != null) {
            // Its hash is all there is; what it would be today cannot be set beside it.
            return new Compared(
                    row.getString("channel"),
                    row.getString("content_type"),
                    row.getString("mapping_version"),
                    0,
                    HexFormat.of().formatHex(row.getBytes("sha256")),
                    instant(row, "last_sent_at"),
                    null,
                    "erased on " + erased.truncatedTo(java.time.temporal.ChronoUnit.SECONDS) + " under policy "
                            + row.getString("policy"),
                    !unmasked,
                    List.of());
        }
        try {
            today = mapping.get().render(sent(row)).orElse(null);
        } catch (RuntimeException refused) {
            refusal = ReplayPlanner.refusal(refused);
        }
        List<Difference.Field> fields = Difference.fields(then, today == null ? then : today);
        if (unmasked) {
            jdbc.sql(CONSULTED)
                    .param("reference", row.getString("reference"))
                    .param("actor", me)
                    .param("message", row.getString("message_id"))
                    .update();
        }
        return new Compared(
                row.getString("channel"),
                row.getString("content_type"),
                row.getString("mapping_version"),
                then.length,
                HexFormat.of().formatHex(row.getBytes("sha256")),
                instant(row, "last_sent_at"),
                today == null ? null : Sha256.hex(today),
                refusal,
                !unmasked,
                unmasked ? fields : Masking.masked(fields));
    }

    static TodaysMapping.Sent sent(ResultSet row) throws SQLException {
        return new TodaysMapping.Sent(
                LaneFamily.valueOf(row.getString("family")),
                row.getString("lane"),
                row.getString("kind"),
                row.getString("message_id"),
                row.getString("channel"),
                row.getString("profile"),
                row.getBytes("bytes"),
                row.getBytes("canonical"),
                instant(row, "built_at"));
    }

    private Replay job(ResultSet row) throws SQLException {
        long id = row.getLong("id");
        Map<Verdict, Long> verdicts = new EnumMap<>(Verdict.class);
        Map<Replay.ItemState, Long> standings = new EnumMap<>(Replay.ItemState.class);
        jdbc.sql("SELECT verdict, state, count(*) AS n FROM replay_item WHERE replay = :id GROUP BY verdict, state")
                .param("id", id)
                .query(count -> {
                    long n = count.getLong("n");
                    standings.merge(Replay.ItemState.valueOf(count.getString("state")), n, Long::sum);
                    String verdict = count.getString("verdict");
                    if (verdict != null) {
                        verdicts.merge(Verdict.valueOf(verdict), n, Long::sum);
                    }
                });
        long retrying = standings.getOrDefault(Replay.ItemState.RELEASED, 0L) == 0
                ? 0
                : jdbc.sql(
                                """
                                SELECT count(*) FROM replay_item ri JOIN lane_item i ON i.id = ri.lane_item
                                  JOIN lane_case c ON c.id = i.lane_case AND c.head_item = i.id
                                 WHERE ri.replay = :id AND ri.state = 'RELEASED' AND c.failing_since IS NOT NULL
                                """)
                        .param("id", id)
                        .query(Long.class)
                        .single();
        Map<String, Long> shadow = new TreeMap<>();
        if (row.getObject("shadowed_at") != null) {
            jdbc.sql("SELECT shadow, count(*) AS n FROM replay_item WHERE replay = :id AND shadow IS NOT NULL"
                            + " GROUP BY shadow")
                    .param("id", id)
                    .query(count -> {
                        shadow.put(count.getString("shadow"), count.getLong("n"));
                    });
        }
        return new Replay(
                id,
                Replay.State.valueOf(row.getString("state")),
                ReplayRows.filter(row),
                row.getDouble("rate"),
                row.getString("asked_by"),
                row.getString("reason"),
                requireNonNull(instant(row, "asked_at")),
                row.getString("refused_why"),
                row.getBoolean("sensitive"),
                row.getString("started_by"),
                instant(row, "started_at"),
                instant(row, "ended_at"),
                verdicts,
                standings,
                row.getBoolean("rehearsing"),
                shadow,
                retrying);
    }

    private static ReplayItem item(ResultSet row) throws SQLException {
        return new ReplayItem(
                row.getLong("lane_item"),
                row.getString("lane"),
                row.getString("reference"),
                row.getString("kind"),
                row.getString("message_id"),
                row.getObject("package_version", Integer.class),
                CaseClass.valueOf(row.getString("class")),
                row.getString("channel"),
                verdict(row, "verdict"),
                verdict(row, "recognition"),
                row.getObject("differs", Integer.class),
                Replay.ItemState.valueOf(row.getString("state")),
                row.getString("code"),
                row.getString("detail"),
                row.getString("confirmed_by"),
                row.getString("confirmed_why"),
                row.getString("shadow"),
                instant(row, "done_at"),
                instant(row, "ended_at"));
    }

    private static @Nullable Verdict verdict(ResultSet row, String column) throws SQLException {
        String verdict = row.getString(column);
        return verdict == null ? null : Verdict.valueOf(verdict);
    }
}
