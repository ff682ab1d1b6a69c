package sallyport.ledger.desk;

import static sallyport.ledger.desk.Columns.instant;
import static sallyport.ledger.desk.Columns.maybeInstant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Work items: what a person must see to that is no parked row. A person closes one with an answer, which is kept as a command with
 * who and why; the ledger closes one itself when its reason is gone, and opens it anew when the reason comes back.
 */
public final class TaskDesk {

    /** What is about no case, prison or force is for those who see everything. */
    private static final String IN_SCOPE =
            "(" + Scope.covers("t") + " OR (c.id IS NOT NULL AND " + Scope.covers("c") + "))";

    private static final int MAX_REASON = 1_000;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;

    public TaskDesk(DataSource dataSource, PlatformTransactionManager transactions, Clock clock) {
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /**
     * @param subject what it is about; one open item per kind and subject
     * @param overdue open, and past the time by which somebody should have seen to it
     * @param closedBy a person, or the ledger when the reason was gone
     */
    public record Task(
            long id,
            String kind,
            String subject,
            @Nullable String caseReference,
            @Nullable String prison,
            @Nullable String force,
            String detail,
            Instant openedAt,
            @Nullable Instant dueAt,
            boolean overdue,
            @Nullable Instant closedAt,
            @Nullable String closedBy,
            @Nullable String closedWhy) {}

    /** The open ones of one kind. */
    public record Kind(String kind, long open, long overdue, Instant since) {}

    public long count(Scope scope) {
        return kinds(scope).stream().mapToLong(Kind::open).sum();
    }

    /** Kinds with something open, those with the most overdue first. */
    public List<Kind> kinds(Scope scope) {
        return scope.bind(jdbc.sql(
                        """
                        SELECT t.kind, count(*) AS open, count(*) FILTER (WHERE t.due_at < :now) AS overdue,
                               min(t.opened_at) AS since
                          FROM task t LEFT JOIN referral_case c ON c.id = t.case_id
                         WHERE t.closed_at IS NULL AND %s
                         GROUP BY t.kind ORDER BY overdue DESC, open DESC, t.kind
                        """
                                .formatted(IN_SCOPE)))
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query((rs, n) ->
                        new Kind(rs.getString("kind"), rs.getLong("open"), rs.getLong("overdue"), instant(rs, "since")))
                .list();
    }

    /**
     * Open ones by the time they are due, then by age; closed ones the latest first.
     *
     * @param kind null for all kinds
     */
    public Page<Task> tasks(@Nullable String kind, boolean closed, Scope scope, int page, int size) {
        String which = "(:kind::text IS NULL OR t.kind = :kind) AND t.closed_at IS %s NULL AND %s"
                .formatted(closed ? "NOT" : "", IN_SCOPE);
        long total = scope.bind(jdbc.sql(
                        "SELECT count(*) FROM task t LEFT JOIN referral_case c ON c.id = t.case_id WHERE " + which))
                .param("kind", kind)
                .query(Long.class)
                .single();
        var tasks = scope.bind(jdbc.sql(
                        """
                        SELECT t.*, c.reference, t.closed_at IS NULL AND coalesce(t.due_at < :now, false) AS overdue
                          FROM task t LEFT JOIN referral_case c ON c.id = t.case_id
                         WHERE %s ORDER BY %s LIMIT :size OFFSET :offset
                        """
                                .formatted(
                                        which,
                                        closed
                                                ? "t.closed_at DESC, t.id DESC"
                                                : "t.due_at NULLS LAST, t.opened_at, t.id")))
                .param("kind", kind)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("size", size)
                .param("offset", (long) page * size)
                .query(TaskDesk::row)
                .list();
        return new Page<>(tasks, page, size, total);
    }

    /**
     * A person has seen to it.
     *
     * @param reason 1 to 1,000 characters: the answer
     * @throws IllegalArgumentException when there is no reason
     */
    public Commands.Answer close(long id, String actor, String reason, Scope scope) {
        if (reason.isBlank() || reason.length() > MAX_REASON) {
            throw new IllegalArgumentException("a reason is needed");
        }
        return Objects.requireNonNull(transaction.execute(status -> scope.bind(jdbc.sql(
                        "SELECT t.closed_at IS NULL AS open, c.reference FROM task t LEFT JOIN referral_case c ON c.id = t.case_id"
                                + " WHERE t.id = :id AND " + IN_SCOPE + " FOR NO KEY UPDATE OF t"))
                .param("id", id)
                .query((rs, n) -> rs.getBoolean("open")
                        ? closed(id, rs.getString("reference"), actor, reason.strip())
                        : new Commands.NotNow("The work item is closed already."))
                .optional()
                .orElseGet(Commands.NotThere::new)));
    }

    private Commands.Answer closed(long id, @Nullable String reference, String actor, String reason) {
        jdbc.sql("UPDATE task SET closed_at = now(), closed_by = :actor, closed_why = :why WHERE id = :id")
                .param("actor", actor)
                .param("why", reason)
                .param("id", id)
                .update();
        // Carried out already: no work is asked for.
        long command = jdbc.sql(
                        """
                        INSERT INTO command (kind, target, argument, actor, reason, done_at, result)
                        VALUES ('CLOSE_TASK', :target, :what, :actor, :why, now(), 'done') RETURNING id
                        """)
                .param("target", reference == null ? "task/" + id : reference)
                .param("what", "task/" + id)
                .param("actor", actor)
                .param("why", reason)
                .query(Long.class)
                .single();
        return new Commands.Asked(command);
    }

    private static Task row(ResultSet rs, int n) throws SQLException {
        return new Task(
                rs.getLong("id"),
                rs.getString("kind"),
                rs.getString("subject"),
                rs.getString("reference"),
                rs.getString("prison"),
                rs.getString("force"),
                rs.getString("detail"),
                instant(rs, "opened_at"),
                maybeInstant(rs, "due_at"),
                rs.getBoolean("overdue"),
                maybeInstant(rs, "closed_at"),
                rs.getString("closed_by"),
                rs.getString("closed_why"));
    }
}
