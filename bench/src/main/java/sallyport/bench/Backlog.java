package sallyport.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Packages that are promised to forces and have not left: what a delivery is measured on. */
final class Backlog {

    private static final String LANE =
            "INSERT INTO lane (name, family, channels, suspended) VALUES (?, ?, '{ihub}', ?) ON CONFLICT (name) DO UPDATE"
                    + " SET suspended = EXCLUDED.suspended";

    private static final String PROMISED =
            """
            WITH cases AS (
              INSERT INTO referral_case (id, reference, state, verdict, class, prison, force, family, incident_reference,
                                         approved_at, approved_by, approval_reason, package_version)
              SELECT n, 'SP-2098-' || lpad(n::text, 6, '0'), 'IN_PROGRESS', 'MANDATORY', 'ROUTINE', 'MDI', f.force, 'ASSAULT',
                     n::text, now(), 'bench', 'bench', 1
                FROM (SELECT nextval('case_reference_seq') AS n, g FROM generate_series(1, ?::int) AS g) AS numbered
                JOIN unnest(?::text[]) WITH ORDINALITY AS f(force, i) ON f.i = 1 + numbered.g % cardinality(?::text[])
              RETURNING id, reference, force),
            queues AS (
              INSERT INTO lane_case (lane, case_id, next_seq, next_at)
              SELECT ? || force, id, 2, now() - interval '1 second' FROM cases RETURNING id, case_id),
            items AS (
              INSERT INTO lane_item (lane_case, seq, kind, message_id, package_version, class, channels)
              SELECT q.id, 1, 'PACKAGE', c.reference || '-v1-' || c.force || ?, 1, 'ROUTINE', '{ihub}'
                FROM queues q JOIN cases c ON c.id = q.case_id
              RETURNING id, lane_case)
            INSERT INTO rendering (lane_item, channel, content_type, bytes, sha256, mapping_version, profile)
            SELECT id, 'ihub', 'application/vnd.api+json', ?, sha256(?), 'bench', 'force' FROM items
            """;

    private static final String HEADS =
            """
            UPDATE lane_case c SET head_item = i.id FROM lane_item i
             WHERE i.lane_case = c.id AND c.head_item IS NULL AND i.state = 'PROMISED' AND c.lane = ANY(?::text[])
            """;

    private final Connection connection;
    private final List<String> forces;
    private final byte[] bytes;

    Backlog(Connection connection, List<String> forces, byte[] bytes) {
        this.connection = connection;
        this.forces = forces;
        this.bytes = bytes;
    }

    /** Waiting, in lanes that are shut until {@link #open}. */
    void fill(String lanePrefix, String family, int count) throws SQLException {
        for (String force : forces) {
            lane(lanePrefix + force, family, true);
        }
        var codes = connection.createArrayOf("text", forces.toArray());
        try (PreparedStatement promised = connection.prepareStatement(PROMISED)) {
            promised.setInt(1, count);
            promised.setArray(2, codes);
            promised.setArray(3, codes);
            promised.setString(4, lanePrefix);
            promised.setString(5, family.equals("FORCE") ? "" : "-by-hand");
            promised.setBytes(6, bytes);
            promised.setBytes(7, bytes);
            promised.executeUpdate();
        }
        try (PreparedStatement heads = connection.prepareStatement(HEADS)) {
            heads.setArray(1, connection.createArrayOf("text", lanes(lanePrefix).toArray()));
            heads.executeUpdate();
        }
        // A backlog of life grows while autovacuum keeps the statistics; this one comes at once.
        for (String table : List.of("referral_case", "lane_case", "lane_item", "rendering")) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("ANALYZE " + table);
            }
        }
    }

    void open(String lanePrefix, String family) throws SQLException {
        for (String force : forces) {
            lane(lanePrefix + force, family, false);
        }
    }

    void shut(String lanePrefix, String family) throws SQLException {
        for (String force : forces) {
            lane(lanePrefix + force, family, true);
        }
    }

    List<String> lanes(String lanePrefix) {
        return forces.stream().map(force -> lanePrefix + force).toList();
    }

    /** Made, or set to that. */
    void lane(String name, String family, boolean suspended) throws SQLException {
        try (PreparedStatement lane = connection.prepareStatement(LANE)) {
            lane.setString(1, name);
            lane.setString(2, family);
            lane.setBoolean(3, suspended);
            lane.executeUpdate();
        }
    }
}
