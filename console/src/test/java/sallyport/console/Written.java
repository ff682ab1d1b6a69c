package sallyport.console;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a call has left in the ledger, for tests of what no page and no address tells. */
final class Written {

    private final JdbcClient jdbc;

    Written(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** {@code kind target actor reason} of commands that nobody has carried out, in the order they were asked for. */
    List<String> commands() {
        return jdbc.sql(
                        """
                        SELECT kind || ' ' || target || ' ' || actor || ' ' || reason FROM command
                         WHERE done_at IS NULL ORDER BY id
                        """)
                .query(String.class)
                .list();
    }

    long replays(String reason) {
        return count("SELECT count(*) FROM replay WHERE reason = ?", reason);
    }

    long users(String username) {
        return count("SELECT count(*) FROM hub_user WHERE username = ?", username);
    }

    /** Cases that this user has consulted for this reason. */
    List<String> consulted(String actor, String reason) {
        return jdbc.sql(
                        """
                        SELECT DISTINCT case_reference FROM evidence
                         WHERE kind = 'CONSULTATION' AND actor = ? AND reason = ? ORDER BY case_reference
                        """)
                .params(actor, reason)
                .query(String.class)
                .list();
    }

    private long count(String sql, String of) {
        return jdbc.sql(sql).param(of).query(Long.class).single();
    }
}
