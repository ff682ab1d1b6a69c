package sallyport.ledger.engine;

import static sallyport.ledger.engine.Database.seconds;
import static sallyport.ledger.engine.Database.with;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.namedparam.EmptySqlParameterSource;
import sallyport.ledger.Chore;
import sallyport.ledger.Effect.CloseTasks;
import sallyport.ledger.Effect.OpenTask;
import sallyport.ledger.EvidenceGate;

/**
 * Looks every second how old the oldest entry is that is not chained, or not proved. Every node looks for itself and comes to the
 * same answer, which {@code evidence_gate} holds; one that could not look for a while lets nothing out.
 */
final class LogGate implements EvidenceGate, Chore {

    private static final Logger log = LoggerFactory.getLogger(LogGate.class);

    static final String TASK = "EVIDENCE";
    static final String SUBJECT = "evidence/gate";

    /** A look that is older than this is none. */
    private static final Duration BLIND = Duration.ofSeconds(30);

    private static final String LOOK =
            """
            WITH proved AS (
              SELECT no, chain_no, at FROM evidence_checkpoint
               WHERE kind = 'CHECKPOINT' AND published_at IS NOT NULL ORDER BY no DESC LIMIT 1),
            cut AS (
              SELECT pruned_to FROM evidence_checkpoint
               WHERE kind = 'PRUNED' AND published_at IS NOT NULL ORDER BY no DESC LIMIT 1),
            covered AS (
              SELECT greatest(coalesce((SELECT chain_no FROM proved), 0), coalesce((SELECT pruned_to FROM cut), 0)) AS chain_no)
            SELECT %s AS unchained,
                   (SELECT extract(epoch FROM clock_timestamp() - at) FROM evidence
                     WHERE chain_no > (SELECT chain_no FROM covered) ORDER BY chain_no LIMIT 1)::float8 AS unproved,
                   coalesce((SELECT chain_no FROM evidence WHERE chain_no IS NOT NULL ORDER BY chain_no DESC LIMIT 1), 0) AS last_entry,
                   (SELECT chain_no FROM covered) AS covered,
                   coalesce((SELECT no FROM proved), 0) AS checkpoint,
                   (SELECT at FROM proved) AS checkpoint_at,
                   g.shut_since, g.why,
                   o.actor, o.reason, o.at AS said_at, o.until
              FROM evidence_gate g
              LEFT JOIN LATERAL (
                   SELECT actor, reason, at, until FROM evidence_override
                    WHERE until > clock_timestamp() AND at >= g.shut_since ORDER BY until DESC LIMIT 1) AS o ON true
            """
                    .formatted(ChainWriter.LAG);

    private static final String SHUT =
            "UPDATE evidence_gate SET shut_since = clock_timestamp(), why = :why WHERE shut_since IS NULL";

    private static final String OPEN =
            """
            UPDATE evidence_gate g SET shut_since = NULL, why = NULL
              FROM (SELECT shut_since FROM evidence_gate WHERE shut_since IS NOT NULL FOR UPDATE) AS before
             WHERE g.one RETURNING extract(epoch FROM clock_timestamp() - before.shut_since)::float8
            """;

    /** Nobody could have accepted anything meanwhile. */
    private static final String PATIENCE =
            """
            UPDATE lane_case SET patience_until = patience_until + make_interval(secs => :shut)
             WHERE id IN (SELECT id FROM lane_case
                           WHERE head_item IS NOT NULL AND parked_reason IS NULL AND patience_until IS NOT NULL
                           ORDER BY lane, case_id FOR NO KEY UPDATE)
            """;

    private final Database database;
    private final Tasks tasks;
    private final EvidenceProperties properties;
    private final Runnable wake;
    private volatile @Nullable Look last;

    LogGate(Database database, Tasks tasks, EvidenceProperties properties, MeterRegistry meters, Runnable wake) {
        this.database = database;
        this.tasks = tasks;
        this.properties = properties;
        this.wake = wake;
        Gauge.builder("sallyport.evidence.gate.shut", this, gate -> gate.passage() == Passage.ALL ? 0 : 1)
                .register(meters);
        Gauge.builder(
                        "sallyport.evidence.unproved.seconds",
                        this,
                        gate -> seconds(gate.standing().unproved()))
                .register(meters);
        Gauge.builder("sallyport.evidence.checkpoint", this, gate -> gate.standing()
                        .lastCheckpoint())
                .register(meters);
    }

    /** What was seen, and when by the clock of this process. */
    private record Look(Standing standing, long nanos) {

        boolean isOld() {
            return System.nanoTime() - nanos > BLIND.toNanos();
        }
    }

    @Override
    public String name() {
        return "evidence gate";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(1);
    }

    @Override
    public void run() {
        long began = System.nanoTime();
        Standing seen = look();
        Optional<String> why = why(seen);
        if (why.isPresent() && seen.open()) {
            shut(why.get());
            seen = look();
        } else if (why.isEmpty() && !seen.open()) {
            open();
            seen = look();
        }
        last = new Look(seen, began);
    }

    /** What may leave, from memory; nothing before the first look. */
    Passage passage() {
        Look look = last;
        if (look == null || look.isOld()) {
            return Passage.NOTHING;
        }
        if (look.standing.open()) {
            return Passage.ALL;
        }
        return look.standing.word() == null ? Passage.NOTHING : Passage.IMMEDIATE;
    }

    @Override
    public Standing standing() {
        Look look = last;
        if (look == null) {
            return new Standing(false, "Not looked yet.", null, Duration.ZERO, Duration.ZERO, 0, 0, 0, null, null);
        }
        Standing seen = look.standing;
        return look.isOld()
                ? new Standing(
                        false,
                        "The database does not say how the evidence log stands.",
                        seen.shutSince(),
                        seen.unchained(),
                        seen.unproved(),
                        seen.lastEntry(),
                        seen.covered(),
                        seen.lastCheckpoint(),
                        seen.lastCheckpointAt(),
                        seen.word())
                : seen;
    }

    @Override
    public Optional<Instant> letImmediateThrough(String actor, String reason) {
        Optional<Instant> until = database.inTransaction(() -> {
            Optional<Instant> granted = database
                    .sql()
                    .query(
                            """
                            INSERT INTO evidence_override (until, actor, reason)
                            SELECT now() + make_interval(secs => :length), :actor, :reason
                              FROM evidence_gate WHERE shut_since IS NOT NULL RETURNING until
                            """,
                            with("length", seconds(properties.override()))
                                    .addValue("actor", actor)
                                    .addValue("reason", reason),
                            (row, n) -> CaseRows.known(row, "until"))
                    .stream()
                    .findFirst();
            granted.ifPresent(end -> writeDown(actor, reason, end));
            return granted;
        });
        if (until.isPresent()) {
            log.warn("evidence gate: the immediate class may leave until {}, on an operator's word", until.get());
            run();
            wake.run();
        }
        return until;
    }

    private void writeDown(String actor, String reason, Instant until) {
        var who = with("actor", actor).addValue("reason", reason).addValue("until", until.toString());
        database.sql()
                .update(
                        """
                        INSERT INTO command (kind, target, argument, actor, reason, done_at, result)
                        VALUES ('EVIDENCE_OVERRIDE', 'evidence/gate', :until, :actor, :reason, now(), 'done')
                        """,
                        who);
        // The word that lets disclosures go on is itself their justification.
        database.sql()
                .update(
                        """
                        INSERT INTO evidence (kind, actor, reason, detail)
                        VALUES ('DISCLOSURE', :actor, :reason, 'override: the immediate class may leave through the shut gate until ' || :until)
                        """,
                        who);
    }

    private Optional<String> why(Standing seen) {
        if (seen.unchained().compareTo(properties.chainWithin()) > 0) {
            return Optional.of("Entries of the evidence log wait for longer than "
                    + properties.chainWithin().toSeconds() + " s to be chained.");
        }
        if (seen.unproved().compareTo(properties.checkpointWithin()) > 0) {
            return Optional.of("No checkpoint was published for longer than "
                    + properties.checkpointWithin().toSeconds()
                    + " s: see the log of the nodes for why, and whether " + properties.checkpoints()
                    + " can be written.");
        }
        return Optional.empty();
    }

    private void shut(String why) {
        boolean first = database.inTransaction(() -> {
            boolean done = database.sql().update(SHUT, with("why", why)) == 1;
            if (done) {
                tasks.open(
                        List.of(new OpenTask(TASK, SUBJECT, null, null, null, "Nothing leaves the hub. " + why, null)));
            }
            return done;
        });
        if (first) {
            log.error("evidence gate: shut, nothing leaves the hub. {}", why);
        }
    }

    private void open() {
        Optional<Double> shut = database.inTransactionAgain(() -> {
            Optional<Double> length =
                    database.sql().queryForList(OPEN, new EmptySqlParameterSource(), Double.class).stream()
                            .findFirst();
            length.ifPresent(secs -> {
                database.sql().update(PATIENCE, with("shut", secs));
                tasks.close(List.of(new CloseTasks(TASK, Set.of(SUBJECT), "The gate is open again.")));
            });
            return length;
        });
        if (shut.isPresent()) {
            log.warn("evidence gate: open again after {} s", Math.round(shut.get()));
            wake.run();
        }
    }

    private Standing look() {
        return database.sql()
                .query(LOOK, new EmptySqlParameterSource(), (row, n) -> standing(row))
                .get(0);
    }

    private static Standing standing(ResultSet row) throws SQLException {
        Instant shut = instant(row, "shut_since");
        Instant until = instant(row, "until");
        return new Standing(
                shut == null,
                row.getString("why"),
                shut,
                age(row.getDouble("unchained")),
                age(row.getDouble("unproved")),
                row.getLong("last_entry"),
                row.getLong("covered"),
                row.getLong("checkpoint"),
                instant(row, "checkpoint_at"),
                until == null
                        ? null
                        : new Word(
                                row.getString("actor"),
                                row.getString("reason"),
                                CaseRows.known(row, "said_at"),
                                until));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    private static Duration age(double seconds) {
        return Duration.ofMillis(Math.max(0, Math.round(seconds * 1000)));
    }
}
