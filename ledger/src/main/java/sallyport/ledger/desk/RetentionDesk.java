package sallyport.ledger.desk;

import static sallyport.ledger.desk.Columns.instant;
import static sallyport.ledger.desk.Columns.maybeInstant;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import sallyport.ledger.Evidence;
import sallyport.ledger.retention.Kept;
import sallyport.ledger.retention.RetentionProperties;

/** What is kept for how long, whether that holds, and what went: about kinds of record, never about a case. */
public final class RetentionDesk {

    private static final int MAX_REASON = 1_000;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final RetentionProperties properties;

    public RetentionDesk(
            DataSource dataSource, PlatformTransactionManager transactions, RetentionProperties properties) {
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(transactions);
        this.properties = properties;
    }

    /**
     * One policy, and where it stood after the last run.
     *
     * @param days whole days that a record is kept
     * @param ranAt null before the first run
     * @param due past policy still
     * @param pastPolicySeconds for how long the oldest of these has been past its policy; 0 when the policy is kept
     * @param erased all that ever went
     * @param refused why nothing goes until a person acts
     * @param confirmedBy who said last that so much at once is right
     */
    public record Policy(
            String kind,
            String what,
            long days,
            @Nullable Instant ranAt,
            long due,
            long pastPolicySeconds,
            long erased,
            @Nullable String refused,
            @Nullable String confirmedBy,
            @Nullable Instant confirmedAt) {

        public boolean kept() {
            return due == 0;
        }
    }

    /**
     * One batch that went.
     *
     * @param sha256 over the ids of what went, sorted as text, one a line; null where the evidence log's own statement says it
     * @param beside what went with them
     */
    public record Certificate(
            long id,
            String kind,
            String policy,
            Instant at,
            Instant cutoff,
            long rows,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable String sha256,
            @Nullable String beside) {}

    public List<Policy> policies() {
        Map<String, Policy> states = new HashMap<>();
        jdbc.sql(
                        """
                        SELECT s.*, extract(epoch FROM clock_timestamp())::bigint AS now FROM retention_state s
                        """)
                .query(rs -> {
                    Kept kept = Kept.of(rs.getString("kind")).orElse(null);
                    if (kept == null) {
                        return;
                    }
                    Instant oldest = maybeInstant(rs, "oldest");
                    states.put(
                            kept.label(),
                            new Policy(
                                    kept.label(),
                                    kept.what(),
                                    properties.term(kept).toDays(),
                                    maybeInstant(rs, "ran_at"),
                                    rs.getLong("due"),
                                    oldest == null
                                            ? 0
                                            : Math.max(
                                                    0,
                                                    Duration.between(
                                                                    oldest.plus(properties.term(kept)),
                                                                    Instant.ofEpochSecond(rs.getLong("now")))
                                                            .toSeconds()),
                                    rs.getLong("erased"),
                                    rs.getString("refused"),
                                    rs.getString("confirmed_by"),
                                    maybeInstant(rs, "confirmed_at")));
                });
        List<Policy> all = new ArrayList<>();
        for (Kept kept : Kept.values()) {
            all.add(states.getOrDefault(
                    kept.label(),
                    new Policy(
                            kept.label(),
                            kept.what(),
                            properties.term(kept).toDays(),
                            null,
                            0,
                            0,
                            0,
                            null,
                            null,
                            null)));
        }
        return all;
    }

    /** The latest first. */
    public Page<Certificate> certificates(int page, int size) {
        long total = jdbc.sql("SELECT count(*) FROM erasure").query(Long.class).single();
        var certificates = jdbc.sql("SELECT * FROM erasure ORDER BY id DESC LIMIT :size OFFSET :offset")
                .param("size", size)
                .param("offset", (long) page * size)
                .query((rs, n) -> {
                    byte[] hash = rs.getBytes("ids_sha256");
                    return new Certificate(
                            rs.getLong("id"),
                            rs.getString("kind"),
                            rs.getString("policy"),
                            instant(rs, "at"),
                            instant(rs, "cutoff"),
                            rs.getLong("rows"),
                            maybeInstant(rs, "from_at"),
                            maybeInstant(rs, "to_at"),
                            hash == null ? null : HexFormat.of().formatHex(hash),
                            rs.getString("beside"));
                })
                .list();
        return new Page<>(certificates, page, size, total);
    }

    /**
     * A person says that it is right for so much of a kind to go at once; good for 24 hours, and in the evidence log.
     *
     * @throws IllegalArgumentException when there is no reason of 1 to 1,000 characters
     */
    public Commands.Answer confirm(String kind, String actor, String reason) {
        if (reason.isBlank() || reason.length() > MAX_REASON) {
            throw new IllegalArgumentException("a reason is needed");
        }
        if (Kept.of(kind).isEmpty()) {
            return new Commands.NotThere();
        }
        return Objects.requireNonNull(transaction.execute(status -> {
            int confirmed = jdbc.sql(
                            """
                            UPDATE retention_state SET confirmed_by = :actor, confirmed_why = :reason, confirmed_at = now()
                             WHERE kind = :kind AND refused IS NOT NULL
                            """)
                    .param("actor", actor)
                    .param("reason", reason.strip())
                    .param("kind", kind)
                    .update();
            if (confirmed == 0) {
                return new Commands.NotNow("Nothing is refused for this kind.");
            }
            Logged.entry(
                    jdbc,
                    Evidence.Kind.ALTERATION,
                    null,
                    actor,
                    "confirmed a large erasure",
                    null,
                    "retention/" + kind);
            return new Commands.Asked(jdbc.sql(
                            """
                            INSERT INTO command (kind, target, actor, reason, done_at, result)
                            VALUES ('CONFIRM_ERASURE', 'retention/' || :kind, :actor, :reason, now(), 'the next run goes on')
                            RETURNING id
                            """)
                    .param("kind", kind)
                    .param("actor", actor)
                    .param("reason", reason.strip())
                    .query(Long.class)
                    .single());
        }));
    }
}
