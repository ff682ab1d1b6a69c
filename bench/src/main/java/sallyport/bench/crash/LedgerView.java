package sallyport.bench.crash;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Properties;

/** The ledger from outside, by a connection for each question: the database is one of those that are killed. */
final class LedgerView {

    /** Rows that some node, dead or alive, had claimed and not ended; effects that may be on the wire. */
    private static final String IN_FLIGHT =
            """
            SELECT (SELECT count(*) FROM work WHERE claimed IS NOT NULL AND parked_kind IS NULL),
                   (SELECT count(*) FROM lane_item WHERE state IN ('SENDING', 'ASKING')),
                   (SELECT count(*) FROM work WHERE requested > done AND claimed IS NULL AND parked_kind IS NULL)
                 + (SELECT count(*) FROM lane_case c JOIN lane_item i ON i.id = c.head_item
                     WHERE i.state = 'PROMISED' AND c.parked_reason IS NULL)
            """;

    private static final String UNFINISHED =
            """
            SELECT 'work ' || step FROM work
             WHERE requested > done AND parked_kind IS NULL AND next_at < now() + interval '60 seconds'
            UNION ALL
            SELECT 'lane ' || c.lane || ' ' || i.state FROM lane_case c JOIN lane_item i ON i.id = c.head_item
             WHERE c.parked_reason IS NULL
            UNION ALL
            SELECT 'inbound ' || state FROM inbound WHERE state IN ('RECEIVED', 'VALID')
               AND NOT EXISTS (SELECT 1 FROM work w WHERE w.step = 'outcome' AND w.key = inbound.id::text
                                  AND w.parked_kind IS NOT NULL)
            UNION ALL
            SELECT 'evidence not chained' FROM evidence WHERE chain_no IS NULL
            """;

    private static final String EFFECTS =
            """
            SELECT l.family, c.lane, rc.reference, i.seq, i.kind, i.message_id, i.package_version, i.state,
                   coalesce(CASE WHEN c.head_item = i.id THEN c.parked_reason END, '') AS parked
              FROM lane_item i JOIN lane_case c ON c.id = i.lane_case JOIN lane l ON l.name = c.lane
              JOIN referral_case rc ON rc.id = c.case_id
             ORDER BY c.lane, rc.id, i.seq
            """;

    private static final String UNKNOWN =
            """
            SELECT c.lane, rc.reference, i.package_version, c.parked_code, a.id, a.node,
                   extract(epoch FROM a.started_at)::bigint * 1000 AS started
              FROM lane_case c JOIN lane_item i ON i.id = c.head_item JOIN referral_case rc ON rc.id = c.case_id
              CROSS JOIN LATERAL (SELECT * FROM attempt t WHERE t.lane_item = i.id
                                  ORDER BY t.asked, t.attempt_no DESC LIMIT 1) a
             WHERE c.parked_reason = 'UNKNOWN'
             ORDER BY a.id
            """;

    private static final String PARKED =
            """
            SELECT what || ' ' || kind || ' ' || code || coalesce(' at ' || place, '') || coalesce(' (' || detail || ')', ''), count(*)
              FROM (SELECT 'work ' || step, parked_kind, coalesce(parked_code, ''), parked_where,
                           CASE WHEN parked_kind = 'DEFECT' THEN parked_detail END FROM work WHERE parked_kind IS NOT NULL
                    UNION ALL
                    SELECT 'lane ' || split_part(lane, ':', 1), parked_reason, coalesce(parked_code, ''), parked_where,
                           CASE WHEN parked_reason = 'DEFECT' THEN parked_detail END
                      FROM lane_case WHERE parked_reason IS NOT NULL AND parked_reason <> 'UNKNOWN') AS p(what, kind, code, place, detail)
             GROUP BY 1 ORDER BY 1
            """;

    private static final String CASES =
            """
            SELECT rc.reference, coalesce(rc.incident_reference, ''), rc.state, coalesce(rc.crime_reference, ''),
                   coalesce(rc.officer, ''), coalesce(rc.outcome_type, ''), rc.package_version, rc.row_version,
                   EXISTS (SELECT 1 FROM work w WHERE w.key = rc.reference AND w.parked_kind IS NOT NULL),
                   EXISTS (SELECT 1 FROM lane_case c WHERE c.case_id = rc.id AND c.lane = 'tracker' AND c.parked_reason IS NOT NULL)
              FROM referral_case rc ORDER BY rc.id
            """;

    private static final String RECORDS =
            """
            SELECT r.record_id, r.latest_version IS NOT NULL,
                   EXISTS (SELECT 1 FROM work w WHERE w.key = r.record_id AND w.parked_kind IS NOT NULL)
              FROM source_record r WHERE r.system = 'incident-reporting'
            """;

    private static final String INBOUND =
            "SELECT sender || ' ' || coalesce(message_id, ''), state FROM inbound ORDER BY id";

    private static final String DELIVERED =
            """
            SELECT DISTINCT split_part(r.lane, ':', 2) || ' ' || rc.reference
              FROM receipt r JOIN referral_case rc ON rc.id = r.case_id WHERE r.rung = 'DELIVERED'
            """;

    private static final String AGED =
            """
            INSERT INTO work (step, key, requested, done, next_at)
            SELECT 'incident-fetch', 'aged-' || gen_random_uuid(), 1, 1, now() - interval '40 days' FROM generate_series(1, ?)
            """;

    /** The turn of a node that died would be over after two minutes. */
    private static final String NOBODYS_TURN = "UPDATE duty SET until = now() WHERE name = 'retention'";

    private static final String PURGED =
            """
            SELECT (SELECT count(*) FROM work WHERE key LIKE 'aged-%'),
                   (SELECT coalesce(sum(rows), 0) FROM erasure WHERE kind = 'work'),
                   (SELECT count(*) FROM erasure x WHERE x.kind = 'work' AND x.rows > 0
                       AND (SELECT count(*) FROM evidence e
                             WHERE e.kind = 'ERASURE' AND starts_with(e.detail, 'erasure/' || x.id || ' ')) <> 1)
            """;

    private static final String DISK_IS_FULL =
            """
            CREATE OR REPLACE FUNCTION crash_suite_disk_is_full() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              RAISE EXCEPTION 'no space left on the device, says the crash suite' USING ERRCODE = '53100';
            END $$
            """;

    private static final List<String> FILLING =
            List.of("source_version", "lane_item", "attempt", "receipt", "inbound", "hint", "evidence");

    private int aged;
    private final String url;
    private final String user;
    private final String password;

    LedgerView(String url, String user, String password) {
        this.url = url;
        this.user = user;
        this.password = password;
    }

    /** What was under way, and what waited. */
    record InFlight(long claimed, long sending, long waiting) {

        long underWay() {
            return claimed + sending;
        }
    }

    /**
     * Records past their term.
     *
     * @param aged how many there were made
     * @param left of these, not erased yet
     * @param certified how many are said to be erased
     * @param unproved certificates that the evidence log does not have exactly once
     */
    record Purged(long aged, long left, long certified, long unproved) {}

    /** One promised effect. */
    record Promised(
            String family,
            String lane,
            String reference,
            int seq,
            String kind,
            String messageId,
            int version,
            String state,
            String parked) {

        String force() {
            return lane.substring(lane.indexOf(':') + 1);
        }

        boolean isDone() {
            return state.equals("DONE");
        }
    }

    /** An effect of which nobody knows whether its partner has it, and the attempt that left it so. */
    record Unknown(String lane, String reference, int version, String code, long attempt, String node, long started) {

        @Override
        public String toString() {
            return lane + " " + reference + " version " + version + ": " + code + ", by " + node;
        }
    }

    /** A case as it stands. */
    record Case(
            String reference,
            String incident,
            String state,
            String crimeReference,
            String officer,
            String outcomeType,
            int packageVersion,
            long rowVersion,
            boolean parked,
            boolean trackerParked) {}

    /** A report that the ledger knows. */
    record Report(String id, boolean stored, boolean parked) {}

    InFlight inFlight() throws SQLException {
        return rows(IN_FLIGHT, row -> new InFlight(row.getLong(1), row.getLong(2), row.getLong(3)))
                .get(0);
    }

    /** Whatever is neither done nor parked; what is to come later by plan is not meant. */
    List<String> unfinished() throws SQLException {
        return rows(UNFINISHED, row -> row.getString(1));
    }

    List<Promised> promised() throws SQLException {
        return rows(
                EFFECTS,
                row -> new Promised(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getInt(4),
                        row.getString(5),
                        row.getString(6),
                        row.getInt(7),
                        row.getString(8),
                        row.getString(9)));
    }

    List<Unknown> unknown() throws SQLException {
        return rows(
                UNKNOWN,
                row -> new Unknown(
                        row.getString(1),
                        row.getString(2),
                        row.getInt(3),
                        row.getString(4),
                        row.getLong(5),
                        row.getString(6),
                        row.getLong(7)));
    }

    /** Kinds of parked things, each with how often; unknown effects are not among them. */
    List<String> parked() throws SQLException {
        return rows(PARKED, row -> row.getLong(2) + " × " + row.getString(1));
    }

    List<Case> cases() throws SQLException {
        return rows(
                CASES,
                row -> new Case(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getInt(7),
                        row.getLong(8),
                        row.getBoolean(9),
                        row.getBoolean(10)));
    }

    List<Report> reports() throws SQLException {
        return rows(RECORDS, row -> new Report(row.getString(1), row.getBoolean(2), row.getBoolean(3)));
    }

    /** Everything partners sent, as {@code sender messageId}. */
    List<String> inbound() throws SQLException {
        return rows(INBOUND, row -> row.getString(1));
    }

    /** Cases of which a force has said that it has a package, as {@code force reference}. */
    List<String> delivered() throws SQLException {
        return rows(DELIVERED, row -> row.getString(1));
    }

    /** How these attempts ended: {@code outcome code}, or {@code SENDING}. */
    List<String> ended(List<Long> attempts) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement query = connection.prepareStatement(
                        "SELECT outcome || coalesce(' ' || code, '') FROM attempt WHERE id = ANY(?) ORDER BY id")) {
            query.setArray(1, connection.createArrayOf("bigint", attempts.toArray()));
            List<String> found = new ArrayList<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    found.add(row.getString(1));
                }
            }
            return found;
        }
    }

    /** Attempts that this life of a node has begun and not ended. */
    List<Long> sendingBy(String node) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement query =
                        connection.prepareStatement("SELECT id FROM attempt WHERE outcome = 'SENDING' AND node = ?")) {
            query.setString(1, node);
            List<Long> found = new ArrayList<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    found.add(row.getLong(1));
                }
            }
            return found;
        }
    }

    long count(String sql) throws SQLException {
        return rows(sql, row -> row.getLong(1)).get(0);
    }

    /** Only to these forces may anything leave; with none given, to all. */
    void suspendForcesBut(Collection<String> forces) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement lanes = connection.prepareStatement(
                        "UPDATE lane SET suspended = NOT (? OR name = ANY(?)) WHERE family = 'FORCE'")) {
            lanes.setBoolean(1, forces.isEmpty());
            lanes.setArray(
                    2,
                    connection.createArrayOf(
                            "text",
                            forces.stream().map(force -> "force:" + force).toArray()));
            lanes.executeUpdate();
        }
    }

    /** Makes so many records that are past their term, and lets whichever node comes first erase them. */
    void age(int records) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement insert = connection.prepareStatement(AGED);
                Statement turn = connection.createStatement()) {
            insert.setInt(1, records);
            aged += insert.executeUpdate();
            turn.execute(NOBODYS_TURN);
        }
    }

    Purged purged() throws SQLException {
        return rows(PURGED, row -> new Purged(aged, row.getLong(1), row.getLong(2), row.getLong(3)))
                .get(0);
    }

    /** From now every table that grows answers as a full disk does, or no longer. */
    void diskIsFull(boolean on) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            if (on) {
                statement.execute(DISK_IS_FULL);
            }
            for (String table : FILLING) {
                statement.execute("DROP TRIGGER IF EXISTS crash_suite_disk ON " + table);
                if (on) {
                    statement.execute("CREATE TRIGGER crash_suite_disk BEFORE INSERT ON " + table
                            + " FOR EACH STATEMENT EXECUTE FUNCTION crash_suite_disk_is_full()");
                }
            }
        }
    }

    private interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    private <T> List<T> rows(String sql, Reading<T> reading) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            List<T> found = new ArrayList<>();
            while (row.next()) {
                found.add(reading.of(row));
            }
            return found;
        }
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "30");
        return DriverManager.getConnection(url, properties);
    }
}
