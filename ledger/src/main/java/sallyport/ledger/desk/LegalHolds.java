package sallyport.ledger.desk;

import static sallyport.ledger.desk.Columns.instant;
import static sallyport.ledger.desk.Columns.maybeInstant;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import sallyport.ledger.Evidence;

/**
 * Legal holds: while one is in force nothing of the case is erased. Placed and released at once, in the transaction that says so in
 * the case's commands and in the evidence log; whoever erases just then has the case's row, and one waits for the other.
 */
public final class LegalHolds {

    private static final int MAX_REASON = 1_000;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    public LegalHolds(DataSource dataSource, PlatformTransactionManager transactions) {
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(transactions);
    }

    /** One hold, in force or over. */
    public record Hold(
            String caseReference,
            String placedBy,
            String placedWhy,
            Instant placedAt,
            @Nullable String releasedBy,
            @Nullable String releasedWhy,
            @Nullable Instant releasedAt) {}

    /** @throws IllegalArgumentException when there is no reason of 1 to 1,000 characters */
    public Commands.Answer place(String reference, String actor, String reason, Scope scope) {
        return changed(reference, true, actor, reason, scope);
    }

    /** @throws IllegalArgumentException when there is no reason of 1 to 1,000 characters */
    public Commands.Answer release(String reference, String actor, String reason, Scope scope) {
        return changed(reference, false, actor, reason, scope);
    }

    /** Those in force, the oldest first. */
    public List<Hold> inForce(Scope scope, int most) {
        return scope.bind(jdbc.sql(
                        """
                        SELECT c.reference, h.* FROM legal_hold h JOIN referral_case c ON c.id = h.case_id
                         WHERE h.released_at IS NULL AND %s ORDER BY h.placed_at, h.id LIMIT :most
                        """
                                .formatted(Scope.covers("c"))))
                .param("most", most)
                .query((rs, n) -> hold(rs))
                .list();
    }

    static Hold hold(java.sql.ResultSet rs) throws java.sql.SQLException {
        return new Hold(
                rs.getString("reference"),
                rs.getString("placed_by"),
                rs.getString("placed_why"),
                instant(rs, "placed_at"),
                rs.getString("released_by"),
                rs.getString("released_why"),
                maybeInstant(rs, "released_at"));
    }

    private Commands.Answer changed(String reference, boolean held, String actor, String reason, Scope scope) {
        if (reason.isBlank() || reason.length() > MAX_REASON) {
            throw new IllegalArgumentException("a reason is needed");
        }
        return Objects.requireNonNull(transaction.execute(status -> {
            Optional<Boolean> now = scope.bind(
                            jdbc.sql("SELECT c.held FROM referral_case c WHERE c.reference = :reference AND "
                                    + Scope.covers("c") + " FOR NO KEY UPDATE"))
                    .param("reference", reference)
                    .query(Boolean.class)
                    .optional();
            if (now.isEmpty()) {
                return new Commands.NotThere();
            }
            if (now.get() == held) {
                return new Commands.NotNow(
                        held ? "The case is on legal hold already." : "The case is not on legal hold.");
            }
            return written(reference, held, actor, reason.strip());
        }));
    }

    private Commands.Answer written(String reference, boolean held, String actor, String reason) {
        jdbc.sql("UPDATE referral_case SET held = :held WHERE reference = :reference")
                .param("held", held)
                .param("reference", reference)
                .update();
        jdbc.sql(
                        held
                                ? """
                                INSERT INTO legal_hold (case_id, placed_by, placed_why)
                                SELECT id, :actor, :reason FROM referral_case WHERE reference = :reference
                                """
                                : """
                                UPDATE legal_hold SET released_by = :actor, released_why = :reason, released_at = now()
                                 WHERE released_at IS NULL
                                   AND case_id = (SELECT id FROM referral_case WHERE reference = :reference)
                                """)
                .param("actor", actor)
                .param("reason", reason)
                .param("reference", reference)
                .update();
        // What was said is the person's own words and stays in the ledger; the log holds who and what.
        Logged.entry(
                jdbc,
                Evidence.Kind.ALTERATION,
                reference,
                actor,
                held ? "legal hold placed" : "legal hold released",
                null,
                null);
        return new Commands.Asked(jdbc.sql(
                        """
                        INSERT INTO command (kind, target, actor, reason, done_at, result)
                        VALUES (:kind, :reference, :actor, :reason, now(), :result) RETURNING id
                        """)
                .param("kind", held ? "PLACE_HOLD" : "RELEASE_HOLD")
                .param("reference", reference)
                .param("actor", actor)
                .param("reason", reason)
                .param("result", held ? "nothing of the case is erased" : "the policies apply again")
                .query(Long.class)
                .single());
    }
}
