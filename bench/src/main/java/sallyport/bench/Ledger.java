package sallyport.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What the hub has committed, seen from outside over a connection of its own. */
final class Ledger implements AutoCloseable {

    private static final String KEPT =
            """
            SELECT (SELECT count(*) FROM source_version v JOIN source_record r ON r.id = v.record
                     WHERE r.system = 'incident-reporting'),
                   (SELECT count(*) FROM decision WHERE kind = 'TRIAGE'),
                   (SELECT count(*) FROM work WHERE parked_kind IS NOT NULL)
            """;

    private static final String VERDICTS = "SELECT count(*) FROM decision WHERE kind = 'TRIAGE'";

    private static final String JUDGED =
            """
            SELECT r.record_id FROM source_record r
             WHERE r.system = 'incident-reporting' AND r.record_id = ANY(?)
               AND EXISTS (SELECT FROM decision d WHERE d.record = r.id AND d.kind = 'TRIAGE')
            """;

    private static final String STILL_TO_DO =
            """
            SELECT (SELECT count(*) FROM work WHERE requested > done AND parked_kind IS NULL)
                 + (SELECT count(*) FROM lane_case WHERE head_item IS NOT NULL AND parked_reason IS NULL)
            """;

    private static final String DURABILITY =
            """
            SELECT string_agg(name || '=' || setting, ' ' ORDER BY name) FROM pg_settings
             WHERE name IN ('server_version', 'fsync', 'full_page_writes', 'synchronous_commit')
            """;

    /** How many source versions and verdicts there are, and how much work waits for a person. */
    record Kept(long versions, long verdicts, long parked) {

        Kept since(Kept before) {
            return new Kept(versions - before.versions, verdicts - before.verdicts, parked - before.parked);
        }

        boolean covers(int events) {
            return versions >= events && verdicts + parked >= events;
        }

        @Override
        public String toString() {
            return versions + " source versions, " + verdicts + " verdicts, " + parked + " parked";
        }
    }

    private final Connection connection;
    private final PreparedStatement kept;
    private final PreparedStatement verdicts;
    private final PreparedStatement judged;
    private final PreparedStatement stillToDo;

    Ledger(String url) throws SQLException {
        connection = DriverManager.getConnection(url);
        kept = connection.prepareStatement(KEPT);
        verdicts = connection.prepareStatement(VERDICTS);
        judged = connection.prepareStatement(JUDGED);
        stillToDo = connection.prepareStatement(STILL_TO_DO);
    }

    Kept kept() throws SQLException {
        try (ResultSet row = kept.executeQuery()) {
            row.next();
            return new Kept(row.getLong(1), row.getLong(2), row.getLong(3));
        }
    }

    /** The cheap look, for whoever looks often. */
    long verdicts() throws SQLException {
        return number(verdicts);
    }

    /** Which of these reports have a committed verdict. */
    List<String> judged(Collection<String> reports) throws SQLException {
        judged.setArray(1, connection.createArrayOf("text", reports.toArray()));
        List<String> found = new ArrayList<>();
        try (ResultSet row = judged.executeQuery()) {
            while (row.next()) {
                found.add(row.getString(1));
            }
        }
        return found;
    }

    /** Work and promised effects that are not done, parked ones left out. */
    long stillToDo() throws SQLException {
        return number(stillToDo);
    }

    /** The server's version and what makes its commits last, in its own words. */
    String durability() throws SQLException {
        try (PreparedStatement settings = connection.prepareStatement(DURABILITY);
                ResultSet row = settings.executeQuery()) {
            row.next();
            return row.getString(1);
        }
    }

    private static long number(PreparedStatement question) throws SQLException {
        try (ResultSet row = question.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
