package sallyport.ledger.desk;

import static sallyport.ledger.desk.Columns.instant;

import java.time.Instant;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What partners sent that could not be applied: refused by its contract, or in conflict with what is known. Never the body. */
public final class ConflictDesk {

    private static final String IN_SCOPE =
            "(:scopeAll OR n.sender = ANY(string_to_array(:scopeForces, ',')) OR (c.id IS NOT NULL AND "
                    + Scope.covers("c") + "))";

    private final JdbcClient jdbc;

    public ConflictDesk(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /**
     * @param sender force code, from its certificate
     * @param state REJECTED or CONFLICT
     * @param caseReference the case as the sender named it; there may be none of that name
     * @param known whether there is such a case within the scope
     */
    public record Entry(
            long id,
            String channel,
            String sender,
            Instant receivedAt,
            String state,
            @Nullable String messageId,
            @Nullable String caseReference,
            boolean known,
            @Nullable String code,
            @Nullable String where,
            @Nullable String detail) {}

    public long count(Scope scope) {
        return scope.bind(jdbc.sql(
                        """
                        SELECT count(*) FROM inbound n LEFT JOIN referral_case c ON c.reference = n.case_reference
                         WHERE n.state IN ('REJECTED', 'CONFLICT') AND %s
                        """
                                .formatted(IN_SCOPE)))
                .query(Long.class)
                .single();
    }

    /** The latest first. */
    public Page<Entry> entries(Scope scope, int page, int size) {
        var entries = scope.bind(jdbc.sql(
                        """
                        SELECT n.id, n.channel, n.sender, n.received_at, n.state, left(n.message_id, 100) AS message_id,
                               left(n.case_reference, 100) AS case_reference,
                               c.id IS NOT NULL AND %s AS known, n.code, n.code_where, n.detail
                          FROM inbound n LEFT JOIN referral_case c ON c.reference = n.case_reference
                         WHERE n.state IN ('REJECTED', 'CONFLICT') AND %s
                         ORDER BY n.received_at DESC, n.id DESC LIMIT :size OFFSET :offset
                        """
                                .formatted(Scope.covers("c"), IN_SCOPE)))
                .param("size", size)
                .param("offset", (long) page * size)
                .query((rs, n) -> new Entry(
                        rs.getLong("id"),
                        rs.getString("channel"),
                        rs.getString("sender"),
                        instant(rs, "received_at"),
                        rs.getString("state"),
                        rs.getString("message_id"),
                        rs.getString("case_reference"),
                        rs.getBoolean("known"),
                        rs.getString("code"),
                        rs.getString("code_where"),
                        rs.getString("detail")))
                .list();
        return new Page<>(entries, page, size, count(scope));
    }
}
