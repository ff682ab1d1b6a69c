package sallyport.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
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

    private static final String DELIVERED =
            """
            SELECT r.record_id FROM source_record r
              JOIN case_record cr ON cr.record = r.id
              JOIN lane_case q ON q.case_id = cr.case_id AND q.lane LIKE 'force:%'
              JOIN lane_item i ON i.lane_case = q.id AND i.state = 'DONE'
             WHERE r.system = 'incident-reporting' AND r.record_id = ANY(?)
            """;

    private static final String SENT =
            """
            SELECT count(*) FROM lane_item i JOIN lane_case c ON c.id = i.lane_case
             WHERE c.lane LIKE ? AND i.state = 'DONE' AND i.done_at >= ? AND i.done_at < ?
            """;

    private static final String JUDGED = "SELECT count(*) FROM decision WHERE kind = 'TRIAGE' AND at >= ? AND at < ?";

    private static final String FORGET_ITEMS =
            """
            UPDATE lane_item i SET state = 'CANCELLED' FROM lane_case c
             WHERE c.id = i.lane_case AND c.lane LIKE ? AND i.state = 'PROMISED'
            """;

    private static final String FORGET_HEADS =
            "UPDATE lane_case SET head_item = NULL WHERE lane LIKE ? AND head_item IS NOT NULL";

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
    private final PreparedStatement delivered;
    private final PreparedStatement stillToDo;

    Ledger(String url) throws SQLException {
        connection = DriverManager.getConnection(url);
        kept = connection.prepareStatement(KEPT);
        verdicts = connection.prepareStatement(VERDICTS);
        delivered = connection.prepareStatement(DELIVERED);
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

    Connection connection() {
        return connection;
    }

    /** Which of these reports' packages a force has accepted. */
    List<String> delivered(Collection<String> reports) throws SQLException {
        delivered.setArray(1, connection.createArrayOf("text", reports.toArray()));
        List<String> found = new ArrayList<>();
        try (ResultSet row = delivered.executeQuery()) {
            while (row.next()) {
                found.add(row.getString(1));
            }
        }
        return found;
    }

    private static final String STRETCHES =
            """
            SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY v.fetched_at - h.received_at),
                   percentile_disc(0.5) WITHIN GROUP (ORDER BY d.at - v.fetched_at),
                   percentile_disc(0.5) WITHIN GROUP (ORDER BY p.built_at - d.at),
                   percentile_disc(0.5) WITHIN GROUP (ORDER BY i.promised_at - p.built_at),
                   percentile_disc(0.5) WITHIN GROUP (ORDER BY i.first_sent_at - i.promised_at),
                   percentile_disc(0.5) WITHIN GROUP (ORDER BY i.done_at - i.first_sent_at)
              FROM hint h
              JOIN source_record r ON r.system = 'incident-reporting' AND r.record_id = h.subject
              JOIN source_version v ON v.record = r.id
              JOIN decision d ON d.record = r.id AND d.kind = 'TRIAGE'
              JOIN case_record cr ON cr.record = r.id
              JOIN package p ON p.case_id = cr.case_id
              JOIN lane_case q ON q.case_id = cr.case_id AND q.lane LIKE 'force:%'
              JOIN lane_item i ON i.lane_case = q.id
             WHERE h.received_at >= ?
            """;

    /** Where the time from an event to its force went, in the middle of all. */
    String stretches(OffsetDateTime since) throws SQLException {
        try (PreparedStatement stretches = connection.prepareStatement(STRETCHES)) {
            stretches.setObject(1, since);
            try (ResultSet row = stretches.executeQuery()) {
                row.next();
                return "fetched after %s, judged %s, assembled %s, promised %s, claimed %s, accepted %s"
                        .formatted(
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                row.getString(5),
                                row.getString(6));
            }
        }
    }

    /** The time by the database's clock, by which rows are stamped. */
    OffsetDateTime now() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT clock_timestamp()")) {
            row.next();
            return row.getObject(1, OffsetDateTime.class);
        }
    }

    /** Effects that were confirmed in lanes of this name in that time. */
    long sent(String lanes, OffsetDateTime from, OffsetDateTime to) throws SQLException {
        try (PreparedStatement sent = connection.prepareStatement(SENT)) {
            sent.setString(1, lanes + "%");
            sent.setObject(2, from);
            sent.setObject(3, to);
            return number(sent);
        }
    }

    /** Verdicts of that time. */
    long judged(OffsetDateTime from, OffsetDateTime to) throws SQLException {
        try (PreparedStatement judged = connection.prepareStatement(JUDGED)) {
            judged.setObject(1, from);
            judged.setObject(2, to);
            return number(judged);
        }
    }

    /** What was left of a backlog, so that it burdens nobody's next round. */
    void forget(String lanes) throws SQLException {
        for (String statement : new String[] {FORGET_ITEMS, FORGET_HEADS}) {
            try (PreparedStatement forget = connection.prepareStatement(statement)) {
                forget.setString(1, lanes + "%");
                forget.executeUpdate();
            }
        }
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Nothing is to be done but what waits in shut lanes, and every entry of the evidence log is chained. */
    boolean rests() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        """
                        SELECT (SELECT count(*) FROM work WHERE requested > done AND parked_kind IS NULL)
                             + (SELECT count(*) FROM lane_case c JOIN lane l ON l.name = c.lane
                                 WHERE c.head_item IS NOT NULL AND c.parked_reason IS NULL AND NOT l.suspended)
                             + (SELECT count(*) FROM lane_item WHERE state = 'SENDING')
                             + (SELECT count(*) FROM evidence WHERE chain_no IS NULL)
                        """)) {
            row.next();
            return row.getLong(1) == 0;
        }
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
