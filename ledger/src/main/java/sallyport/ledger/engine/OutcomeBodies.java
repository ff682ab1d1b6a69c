package sallyport.ledger.engine;

import static sallyport.ledger.engine.Database.with;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import sallyport.ledger.OutcomeWork;
import sallyport.ledger.OutcomeWork.AppliedOutcome;
import sallyport.ledger.OutcomeWork.Twin;

/** What partners sent, each with its case and what happened to that case before, in four queries whatever their number. */
final class OutcomeBodies {

    private static final String INBOUND =
            """
            SELECT i.id AS inbound, i.channel, i.sender, i.raw, i.sha256, i.received_at, i.state, i.message_id,
                   t.id AS twin, t.state AS twin_state,
                   coalesce(t.content_sha256 = i.content_sha256, t.sha256 = i.sha256) AS twin_says_the_same, """
                    + CaseRows.COLUMNS
                    + """

              FROM inbound i
              LEFT JOIN referral_case named ON named.reference = i.case_reference
              LEFT JOIN referral_case rc ON rc.id = coalesce(named.combined_into, named.id)
              LEFT JOIN LATERAL (SELECT id, sha256, content_sha256, state FROM inbound e
                                  WHERE e.sender = i.sender AND e.message_id = i.message_id AND e.id < i.id
                                  ORDER BY e.id LIMIT 1) t ON true
             WHERE i.id = ANY(:ids::bigint[])
            """;

    private static final String APPLIED =
            """
            SELECT i.id AS inbound, o.message_id, o.type, o.code, o.at
              FROM inbound i
              JOIN referral_case rc ON rc.reference = i.case_reference
              JOIN outcome o ON o.case_id = coalesce(rc.combined_into, rc.id)
             WHERE i.id = ANY(:ids::bigint[])
             ORDER BY i.id, o.applied_at, o.id
            """;

    private static final String SENT =
            """
            SELECT DISTINCT i.id AS inbound, n.package_version
              FROM inbound i
              JOIN referral_case rc ON rc.reference = i.case_reference
              JOIN lane_case c ON c.case_id = coalesce(rc.combined_into, rc.id) AND c.lane = 'force:' || i.sender
              JOIN lane_item n ON n.lane_case = c.id
             WHERE i.id = ANY(:ids::bigint[]) AND n.package_version IS NOT NULL AND n.first_sent_at IS NOT NULL
            """;

    /** Of a case that became part of another: what was sent under the reference that the message names. */
    private static final String FORMER =
            """
            SELECT i.id AS inbound, c.lane_versions, %s
              FROM inbound i
              JOIN referral_case rc ON rc.reference = i.case_reference AND rc.combined_into IS NOT NULL
             CROSS JOIN LATERAL (
                   SELECT array_agg(DISTINCT n.package_version) AS lane_versions
                     FROM lane_case x JOIN lane_item n ON n.lane_case = x.id
                    WHERE x.case_id = rc.id AND x.lane = 'force:' || i.sender AND n.package_version IS NOT NULL
                      AND n.first_sent_at IS NOT NULL) AS c
             WHERE i.id = ANY(:ids::bigint[])
            """
                    .formatted(CaseRows.COLUMNS);

    private final Database database;

    OutcomeBodies(Database database) {
        this.database = database;
    }

    /** By inbound id. */
    Map<String, OutcomeWork> load(Collection<String> keys) {
        var parameters = with("ids", Bodies.ids(keys));
        var applied = new HashMap<Long, List<AppliedOutcome>>();
        database.sql().query(APPLIED, parameters, row -> {
            applied.computeIfAbsent(row.getLong("inbound"), id -> new ArrayList<>())
                    .add(new AppliedOutcome(
                            row.getString("message_id"),
                            row.getString("type"),
                            row.getString("code"),
                            CaseRows.known(row, "at")));
        });
        var sent = new HashMap<Long, Set<Integer>>();
        database.sql().query(SENT, parameters, row -> {
            sent.computeIfAbsent(row.getLong("inbound"), id -> new TreeSet<>()).add(row.getInt("package_version"));
        });
        var former = new HashMap<Long, OutcomeWork.Former>();
        database.sql().query(FORMER, parameters, row -> {
            var versions = row.getArray("lane_versions");
            former.put(
                    row.getLong("inbound"),
                    new OutcomeWork.Former(
                            CaseRows.read(row), versions == null ? Set.of() : Set.of((Integer[]) versions.getArray())));
        });
        var work = new HashMap<String, OutcomeWork>();
        database.sql().query(INBOUND, parameters, row -> {
            long id = row.getLong("inbound");
            work.put(
                    Long.toString(id),
                    new OutcomeWork(
                            id,
                            row.getString("channel"),
                            row.getString("sender"),
                            row.getBytes("raw"),
                            row.getBytes("sha256"),
                            CaseRows.known(row, "received_at"),
                            row.getString("state"),
                            row.getString("message_id"),
                            CaseRows.readIfThere(row),
                            applied.getOrDefault(id, List.of()),
                            sent.getOrDefault(id, Set.of()),
                            twin(row),
                            former.get(id)));
        });
        return work;
    }

    private static @Nullable Twin twin(ResultSet row) throws SQLException {
        return row.getObject("twin") == null
                ? null
                : new Twin(row.getLong("twin"), row.getBoolean("twin_says_the_same"), row.getString("twin_state"));
    }
}
