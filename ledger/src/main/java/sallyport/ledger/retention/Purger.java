package sallyport.ledger.retention;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import sallyport.ledger.Effect.CloseTasks;
import sallyport.ledger.Effect.OpenTask;
import sallyport.ledger.EvidencePruning;
import sallyport.ledger.FaultPoint;
import sallyport.ledger.engine.Duties;
import sallyport.ledger.engine.Tasks;
import sallyport.mappings.canonical.Sha256;

/**
 * Erases what is past its policy, the oldest first, in small transactions that each leave a certificate: whenever it is stopped,
 * what was erased is certified, and the next run goes on. One node at a time. It waits for no lock that a lane or a step holds, and
 * pauses as long as it worked.
 *
 * <p>Time is the database's. A run is refused when this node's clock says otherwise, and a kind is when so much of it would go at
 * once that a wrong clock or a wrong setting is likelier than the truth; a person can confirm that it is right.
 */
public final class Purger {

    private static final Logger log = LoggerFactory.getLogger(Purger.class);

    static final String DUTY = "retention";
    private static final Duration LEASE = Duration.ofMinutes(2);
    /** Pruning the evidence log keeps its own transactions: nobody else may begin meanwhile. */
    private static final Duration PRUNING_LEASE = Duration.ofMinutes(15);

    private static final Duration LONGEST_PAUSE = Duration.ofMillis(250);
    /** How long a person's word that so much is right holds. */
    private static final Duration CONFIRMED_FOR = Duration.ofHours(24);

    private static final String TASK = "RETENTION";
    private static final String ACTOR = "sallyport";

    private final NamedParameterJdbcTemplate sql;
    private final Duties duties;
    private final Tasks tasks;
    private final RetentionProperties properties;
    private final RetentionMetrics metrics;
    private final @Nullable EvidencePruning evidence;
    private final Clock clock;
    private final Supplier<Instant> databaseTime;
    private final Runnable midPurge;
    private final Set<String> told = new HashSet<>();

    Purger(
            DataSource dataSource,
            Duties duties,
            Tasks tasks,
            RetentionProperties properties,
            RetentionMetrics metrics,
            @Nullable EvidencePruning evidence,
            Clock clock) {
        this(
                dataSource,
                duties,
                tasks,
                properties,
                metrics,
                evidence,
                clock,
                () -> Objects.requireNonNull(new NamedParameterJdbcTemplate(dataSource)
                                .getJdbcTemplate()
                                .queryForObject("SELECT clock_timestamp()", OffsetDateTime.class))
                        .toInstant(),
                FaultPoint.MID_PURGE::reached);
    }

    Purger(
            DataSource dataSource,
            Duties duties,
            Tasks tasks,
            RetentionProperties properties,
            RetentionMetrics metrics,
            @Nullable EvidencePruning evidence,
            Clock clock,
            Supplier<Instant> databaseTime,
            Runnable midPurge) {
        this.sql = new NamedParameterJdbcTemplate(dataSource);
        this.duties = duties;
        this.tasks = tasks;
        this.properties = properties;
        this.metrics = metrics;
        this.evidence = evidence;
        this.clock = clock;
        this.databaseTime = databaseTime;
        this.midPurge = midPurge;
    }

    /**
     * Where one kind stands after a run.
     *
     * @param due past policy still
     * @param oldest what the oldest of these is counted from
     * @param refused why nothing was erased, for a person
     */
    record Standing(long erased, long due, @Nullable Instant oldest, @Nullable String refused) {}

    /** What there is of a kind past a point in time. */
    private record Survey(long due, @Nullable Instant oldest) {}

    /** One record that is to go. */
    private record Due(String ref, @Nullable Long caseId, @Nullable Instant at) {}

    /** Erases all that is due, up to the limit of a run; on a node whose turn it is not, only looks. */
    Map<Kept, Standing> run() {
        Instant now = databaseTime.get().truncatedTo(ChronoUnit.MICROS);
        boolean mine = duties.inTurn(DUTY, LEASE, fence -> true).isPresent();
        @Nullable String refusal = mine ? wrongClock(now) : null;
        if (mine) {
            tell("retention/clock", refusal, "the clocks agree again");
        }
        var standings = new EnumMap<Kept, Standing>(Kept.class);
        RuntimeException failure = null;
        for (Rule rule : Rule.all()) {
            failure = either(failure, () -> standings.put(rule.kept(), one(rule, now, mine, refusal)));
        }
        if (evidence != null) {
            failure = either(failure, () -> standings.put(Kept.EVIDENCE, log(evidence, now, mine, refusal)));
        }
        metrics.standing(standings, now, properties);
        if (failure != null) {
            throw failure;
        }
        return standings;
    }

    /** One kind that fails keeps no other from being erased; the first failure is told in the end. */
    private static @Nullable RuntimeException either(@Nullable RuntimeException before, Runnable kind) {
        try {
            kind.run();
            return before;
        } catch (RuntimeException e) {
            return before == null ? e : before;
        }
    }

    private @Nullable String wrongClock(Instant now) {
        Duration apart = Duration.between(now, clock.instant());
        return apart.abs().compareTo(properties.maxClockDifference()) <= 0
                ? null
                : "This node's clock and the database's are " + apart.abs().toSeconds()
                        + " seconds apart: set the clocks, nothing is erased until they agree.";
    }

    /** Terms are whole days: what becomes due in a day becomes due at its beginning, and is gone when the next run has ended. */
    private Instant cutoff(Kept kept, Instant now) {
        return now.truncatedTo(ChronoUnit.DAYS).minus(properties.term(kept));
    }

    private Standing one(Rule rule, Instant now, boolean mine, @Nullable String wrongClock) {
        Instant cutoff = cutoff(rule.kept(), now);
        Survey before = survey(rule, cutoff);
        if (!mine) {
            return new Standing(0, before.due(), before.oldest(), null);
        }
        String refusal = wrongClock != null ? wrongClock : tooMuch(rule, before, now);
        long erased = 0;
        if (refusal == null && before.due() > 0) {
            erased = purge(rule, cutoff, now);
        }
        Survey after = erased == 0 ? before : survey(rule, cutoff);
        var standing = new Standing(erased, after.due(), after.oldest(), refusal);
        tell(rule.kept(), refusal, wrongClock);
        remember(rule.kept(), cutoff, now, standing);
        return standing;
    }

    private Survey survey(Rule rule, Instant cutoff) {
        return sql.query(
                        rule.count(),
                        with("cutoff", cutoff),
                        (row, n) ->
                                new Survey(row.getLong("n"), instant(row.getObject("oldest", OffsetDateTime.class))))
                .get(0);
    }

    private @Nullable String tooMuch(Rule rule, Survey due, Instant now) {
        if (due.due() <= properties.maxShareFrom()) {
            return null;
        }
        long all = sql.query(
                        rule.count(), with("cutoff", now.plus(365_000, ChronoUnit.DAYS)), (row, n) -> row.getLong("n"))
                .get(0);
        if (due.due() <= all * properties.maxShare() || confirmed(rule.kept(), now)) {
            return null;
        }
        return due.due() + " of " + all + " " + rule.kept().label()
                + " would go at once, more than sallyport.retention.max-share allows: if the clock and the setting are right,"
                + " confirm it on the retention page.";
    }

    private boolean confirmed(Kept kept, Instant now) {
        return !sql.queryForList(
                        "SELECT 1 FROM retention_state WHERE kind = :kind AND confirmed_at > :since",
                        new MapSqlParameterSource("kind", kept.label())
                                .addValue("since", time(now.minus(CONFIRMED_FOR))),
                        Integer.class)
                .isEmpty();
    }

    private long purge(Rule rule, Instant cutoff, Instant now) {
        long all = 0;
        while (all < properties.rowsPerRun()) {
            long began = System.nanoTime();
            int most = (int) Math.min(properties.batch(), properties.rowsPerRun() - all);
            int some = duties.inTurn(DUTY, LEASE, fence -> batch(rule, cutoff, now, most))
                    .orElse(0);
            if (some == 0) {
                break;
            }
            all += some;
            metrics.erased(rule.kept(), some);
            LockSupport.parkNanos(Math.min(System.nanoTime() - began, LONGEST_PAUSE.toNanos()));
        }
        return all;
    }

    private int batch(Rule rule, Instant cutoff, Instant now, int most) {
        List<Due> found = due(rule.find(), with("cutoff", cutoff).addValue("most", most));
        if (found.isEmpty()) {
            return 0;
        }
        Set<Long> cases = new HashSet<>(lockCases(found));
        var refs = found.stream()
                .filter(each -> each.caseId() == null || cases.contains(each.caseId()))
                .map(Due::ref)
                .toArray(String[]::new);
        // Under the locks, and so in a statement that begins after they were taken: what came between is seen now.
        List<Due> due = new ArrayList<>(due(rule.again(), with("cutoff", cutoff).addValue("refs", refs)));
        if (due.isEmpty()) {
            return 0;
        }
        erase(rule, due, cutoff, now);
        midPurge.run();
        return due.size();
    }

    private List<Due> due(String statement, MapSqlParameterSource parameters) {
        return sql.query(
                statement,
                parameters,
                (row, n) -> new Due(
                        row.getString("ref"),
                        row.getObject("case_id", Long.class),
                        instant(row.getObject("at", OffsetDateTime.class))));
    }

    /** A hold that is being placed just now has the case's row: its records are left for the next run. */
    private List<Long> lockCases(List<Due> found) {
        Long[] ids = found.stream()
                .map(Due::caseId)
                .filter(Objects::nonNull)
                .distinct()
                .sorted()
                .toArray(Long[]::new);
        return ids.length == 0
                ? List.of()
                : sql.queryForList(
                        "SELECT id FROM referral_case WHERE id = ANY(:ids::bigint[]) ORDER BY id FOR SHARE SKIP LOCKED",
                        new MapSqlParameterSource("ids", ids),
                        Long.class);
    }

    private void erase(Rule rule, List<Due> due, Instant cutoff, Instant now) {
        String[] refs = due.stream().map(Due::ref).sorted().toArray(String[]::new);
        String policy = properties.policy(rule.kept());
        byte[] hash = Sha256.of(String.join("\n", refs).getBytes(StandardCharsets.UTF_8));
        Optional<Instant> from =
                due.stream().map(Due::at).filter(Objects::nonNull).min(Instant::compareTo);
        Optional<Instant> to =
                due.stream().map(Due::at).filter(Objects::nonNull).max(Instant::compareTo);
        var certificate = with("cutoff", cutoff)
                .addValue("kind", rule.kept().label())
                .addValue("policy", policy)
                .addValue("now", time(now))
                .addValue("rows", refs.length)
                .addValue("from", from.map(Purger::time).orElse(null))
                .addValue("to", to.map(Purger::time).orElse(null))
                .addValue("first", refs[0])
                .addValue("last", refs[refs.length - 1])
                .addValue("hash", hash);
        Long erasure = sql.queryForObject(
                """
                INSERT INTO erasure (kind, policy, at, cutoff, rows, from_at, to_at, first_id, last_id, ids_sha256)
                VALUES (:kind, :policy, :now, :cutoff, :rows, :from, :to, :first, :last, :hash) RETURNING id
                """,
                certificate,
                Long.class);
        var parameters = new MapSqlParameterSource("erasure", erasure)
                .addValue("refs", refs)
                .addValue("now", time(now));
        var beside = new StringBuilder();
        rule.erase().forEach((what, statement) -> {
            int gone = sql.update(statement, parameters);
            if (gone > 0) {
                beside.append(beside.isEmpty() ? "" : " ")
                        .append(what)
                        .append('=')
                        .append(gone);
            }
        });
        sql.update(
                "UPDATE erasure SET beside = :beside WHERE id = :erasure",
                parameters.addValue("beside", beside.toString()));
        certify(
                erasure,
                policy,
                hash,
                "rows=" + refs.length + " " + beside + " ids=" + refs[0] + ".." + refs[refs.length - 1] + " from="
                        + from.map(Instant::toString).orElse("-") + " to="
                        + to.map(Instant::toString).orElse("-"));
        if (rule.erase().containsKey("cases")) {
            // Each case's own log says that it was erased, and by which certificate.
            sql.update(
                    """
                    INSERT INTO evidence (kind, case_reference, actor, reason, detail)
                    SELECT 'ERASURE', reference, :actor, :policy, 'erasure/' || :erasure
                      FROM referral_case WHERE id = ANY((:refs::text[])::bigint[]) ORDER BY id
                    """,
                    parameters.addValue("actor", ACTOR).addValue("policy", policy));
        }
    }

    private void certify(@Nullable Long erasure, String policy, byte[] hash, String detail) {
        sql.update(
                """
                INSERT INTO evidence (kind, actor, reason, payload_sha256, rule_version, detail)
                VALUES ('ERASURE', :actor, 'retention', :hash, :policy, :detail)
                """,
                new MapSqlParameterSource("actor", ACTOR)
                        .addValue("policy", policy)
                        .addValue("hash", hash)
                        .addValue("detail", "erasure/" + erasure + " " + detail));
    }

    /**
     * The evidence log is cut off at its old end by whoever keeps its chain, who signs a statement first. A legal hold keeps all
     * from the first entry about the case: the middle of a chain cannot go.
     */
    private Standing log(EvidencePruning pruning, Instant now, boolean mine, @Nullable String wrongClock) {
        Instant limit = heldFrom(cutoff(Kept.EVIDENCE, now));
        Survey before = old(limit);
        if (!mine) {
            return new Standing(0, before.due(), before.oldest(), null);
        }
        String refusal = wrongClock != null ? wrongClock : tooMuchOfTheLog(before, now);
        long erased = 0;
        if (refusal == null
                && before.due() > 0
                && duties.inTurn(DUTY, PRUNING_LEASE, fence -> true).isPresent()) {
            erased = pruning.pruneTo(limit);
            long gone = erased;
            if (gone > 0) {
                duties.inTurn(DUTY, LEASE, fence -> pruned(gone, limit, now));
                metrics.erased(Kept.EVIDENCE, gone);
            }
        }
        Survey after = erased == 0 ? before : old(limit);
        var standing = new Standing(erased, after.due(), after.oldest(), refusal);
        tell(Kept.EVIDENCE, refusal, wrongClock);
        remember(Kept.EVIDENCE, limit, now, standing);
        return standing;
    }

    private Instant heldFrom(Instant cutoff) {
        List<OffsetDateTime> held = sql.queryForList(
                """
                SELECT min(e.at) FROM referral_case c JOIN evidence e ON e.case_reference = c.reference
                 WHERE c.held HAVING min(e.at) IS NOT NULL
                """,
                new MapSqlParameterSource(),
                OffsetDateTime.class);
        return held.stream()
                .map(OffsetDateTime::toInstant)
                .filter(first -> first.isBefore(cutoff))
                .findFirst()
                .orElse(cutoff);
    }

    /** The first entries of the chain up to the first that is not old: no others can go. */
    private Survey old(Instant limit) {
        return sql.query(
                        """
                        WITH kept AS (SELECT coalesce(
                          (SELECT chain_no FROM evidence WHERE chain_no IS NOT NULL AND at >= :limit ORDER BY chain_no LIMIT 1),
                          (SELECT max(chain_no) + 1 FROM evidence)) AS no)
                        SELECT count(*) AS n, min(at) AS oldest FROM evidence WHERE chain_no < (SELECT no FROM kept)
                        """,
                        with("limit", limit),
                        (row, n) ->
                                new Survey(row.getLong("n"), instant(row.getObject("oldest", OffsetDateTime.class))))
                .get(0);
    }

    private @Nullable String tooMuchOfTheLog(Survey due, Instant now) {
        if (due.due() <= properties.maxShareFrom()) {
            return null;
        }
        Long all = sql.queryForObject("SELECT count(*) FROM evidence", new MapSqlParameterSource(), Long.class);
        return all == null || due.due() <= all * properties.maxShare() || confirmed(Kept.EVIDENCE, now)
                ? null
                : due.due() + " of " + all + " entries of the evidence log would go at once, more than"
                        + " sallyport.retention.max-share allows: if the clock and the setting are right, confirm it on the"
                        + " retention page.";
    }

    /** The row; the entry of the log is made by who cuts it off. */
    private boolean pruned(long gone, Instant limit, Instant now) {
        sql.update(
                "INSERT INTO erasure (kind, policy, at, cutoff, rows) VALUES (:kind, :policy, :now, :cutoff, :rows)",
                with("cutoff", limit)
                        .addValue("kind", Kept.EVIDENCE.label())
                        .addValue("policy", properties.policy(Kept.EVIDENCE))
                        .addValue("now", time(now))
                        .addValue("rows", gone));
        return true;
    }

    private void tell(Kept kept, @Nullable String refusal, @Nullable String wrongClock) {
        // Of the clocks one task tells, not one for each kind.
        if (wrongClock == null) {
            tell("retention/" + kept.label(), refusal, "the purge runs again");
        }
    }

    /** A task for a person while something is refused, and one line in the log when it begins. */
    private void tell(String subject, @Nullable String refusal, String over) {
        duties.inTurn(DUTY, LEASE, fence -> {
            if (refusal != null) {
                tasks.open(List.of(new OpenTask(TASK, subject, null, null, null, refusal, null)));
            } else {
                tasks.close(List.of(new CloseTasks(TASK, Set.of(subject), over)));
            }
            return true;
        });
        if (refusal == null) {
            told.remove(subject);
        } else if (told.add(subject)) {
            log.error("retention refused: {}", refusal);
        }
    }

    /** What the next run, and whoever looks, should know. */
    private void remember(Kept kept, Instant cutoff, Instant now, Standing standing) {
        duties.inTurn(DUTY, LEASE, fence -> {
            sql.update(
                    """
                    INSERT INTO retention_state AS s (kind, ran_at, cutoff, due, oldest, erased, refused, refused_at)
                    VALUES (:kind, :now, :cutoff, :due, :oldest, :erased, :refused, :refusedAt)
                    ON CONFLICT (kind) DO UPDATE
                      SET ran_at = :now, cutoff = :cutoff, due = :due, oldest = :oldest, erased = s.erased + :erased,
                          refused = :refused, refused_at = coalesce(CASE WHEN :refused::text IS NOT NULL THEN s.refused_at END, :refusedAt)
                    """,
                    with("cutoff", cutoff)
                            .addValue("kind", kept.label())
                            .addValue("now", time(now))
                            .addValue("due", standing.due())
                            .addValue("oldest", standing.oldest() == null ? null : time(standing.oldest()))
                            .addValue("erased", standing.erased())
                            .addValue("refused", standing.refused())
                            .addValue("refusedAt", standing.refused() == null ? null : time(now)));
            return true;
        });
        if (standing.erased() > 0) {
            log.info("retention: {} erased {} under {}", kept.label(), standing.erased(), properties.policy(kept));
        }
    }

    private static MapSqlParameterSource with(String name, Instant value) {
        return new MapSqlParameterSource(name, time(value));
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
