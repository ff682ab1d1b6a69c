package sallyport.ledger.desk;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A case that somebody wants to ask a prison about.
 *
 * @param closed why nothing can be asked for any more, for the person; null where it can
 */
record AskedCase(long id, @Nullable String closed) {

    private static final String CASE =
            "SELECT c.id, c.state, c.erased_at FROM referral_case c WHERE c.reference = :reference AND "
                    + Scope.covers("c");

    /** Empty outside the scope. */
    static Optional<AskedCase> seen(JdbcClient jdbc, String reference, Scope scope) {
        return find(jdbc, reference, scope, "");
    }

    /** The same; it does not change before the transaction ends. */
    static Optional<AskedCase> locked(JdbcClient jdbc, String reference, Scope scope) {
        return find(jdbc, reference, scope, " FOR NO KEY UPDATE");
    }

    private static Optional<AskedCase> find(JdbcClient jdbc, String reference, Scope scope, String lock) {
        return scope.bind(jdbc.sql(CASE + lock))
                .param("reference", reference)
                .query((rs, n) -> new AskedCase(
                        rs.getLong("id"),
                        rs.getObject("erased_at") != null
                                ? "The content of the case was erased under a retention policy."
                                : rs.getString("state").equals("WITHDRAWN") ? "The case is withdrawn." : null))
                .optional();
    }

    /** The numbers of the people in it. */
    List<String> people(JdbcClient jdbc) {
        return jdbc.sql(
                        """
                        SELECT DISTINCT prisoner_number FROM case_person WHERE case_id = :case AND NOT former ORDER BY prisoner_number
                        """)
                .param("case", id)
                .query(String.class)
                .list();
    }
}
