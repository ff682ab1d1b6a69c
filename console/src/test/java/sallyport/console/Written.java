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

    /** {@code detail hash} of the last times that this user took out a package of this case, the latest first. */
    List<String> packagesTakenOut(String actor, String reference, int most) {
        return jdbc.sql(
                        """
                        SELECT detail || ' ' || encode(payload_sha256, 'hex') FROM evidence
                         WHERE kind = 'CONSULTATION' AND actor = ? AND case_reference = ? AND reason = 'took out a package'
                         ORDER BY id DESC LIMIT ?
                        """)
                .params(actor, reference, most)
                .query(String.class)
                .list();
    }

    /** {@code detail hash} of each document that left with a package of this case, in the order it was written. */
    List<String> documentsTakenOut(String actor, String reference) {
        return jdbc.sql(
                        """
                        SELECT detail || ' ' || encode(payload_sha256, 'hex') FROM evidence
                         WHERE kind = 'CONSULTATION' AND actor = ? AND case_reference = ?
                           AND reason = 'took out a document with a package'
                         ORDER BY id
                        """)
                .params(actor, reference)
                .query(String.class)
                .list();
    }

    /** What work items of this kind that are open say. */
    List<String> openTasks(String kind) {
        return jdbc.sql("SELECT detail FROM task WHERE kind = ? AND closed_at IS NULL ORDER BY id")
                .param(kind)
                .query(String.class)
                .list();
    }

    long consultations() {
        return count("SELECT count(*) FROM evidence WHERE kind = 'CONSULTATION'");
    }

    /** Also those of which not every byte has come. */
    long documents() {
        return count("SELECT count(*) FROM document");
    }

    /** Pieces of documents of which not every byte has come. */
    long piecesOfUnfinishedDocuments() {
        return count(
                """
                SELECT count(*) FROM document_chunk c JOIN document d ON d.id = c.document WHERE d.state = 'RECEIVING'
                """);
    }

    private long count(String sql, Object... of) {
        return jdbc.sql(sql).params(of).query(Long.class).single();
    }
}
