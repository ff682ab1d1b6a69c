package sallyport.ledger.engine;

import static java.util.Objects.requireNonNull;
import static sallyport.ledger.engine.Database.longs;
import static sallyport.ledger.engine.Database.seconds;
import static sallyport.ledger.engine.Database.texts;
import static sallyport.ledger.engine.Database.with;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sallyport.ledger.CaseClass;
import sallyport.ledger.FailurePolicy;
import sallyport.ledger.LaneClaim;
import sallyport.ledger.LaneFamily;
import sallyport.ledger.ReferralCase;

/**
 * Claims the heads of lanes. When {@link #claim} returns, each item is committed as SENDING with an attempt of its own, and only
 * then may a byte leave. An item found SENDING whose lease ran out belonged to a node that died: its outcome is unknown, so it
 * goes out again only where the destination dedupes, and parks else.
 */
final class LaneClaims {

    private static final String WITH_SOMETHING_DUE =
            """
            SELECT l.name, l.family FROM lane l
             WHERE l.family = ANY(:families::text[]) AND NOT l.suspended
               AND EXISTS (SELECT 1 FROM lane_case c
                            WHERE c.lane = l.name AND c.head_item IS NOT NULL AND c.parked_reason IS NULL
                              AND c.next_at <= now())
             ORDER BY l.name
            """;

    static final String CLAIM =
            """
            UPDATE lane_case
               SET fence = fence + 1, next_at = now() + make_interval(secs => :lease)
             WHERE id = ANY(ARRAY(
                   SELECT due.id
                     FROM unnest(:lanes::text[], :permits::int[]) AS wanted(lane, permits)
                    CROSS JOIN LATERAL (
                          SELECT c.id FROM lane_case c
                           WHERE c.lane = wanted.lane
                             AND c.head_item IS NOT NULL AND c.parked_reason IS NULL AND c.next_at <= now()
                           ORDER BY c.next_at
                           LIMIT wanted.permits
                             FOR NO KEY UPDATE SKIP LOCKED) AS due))
            RETURNING id
            """;

    private static final String LOAD =
            """
            SELECT c.id AS lane_case, c.fence, c.lane, l.family AS lane_family,
                   i.id AS item, i.seq, i.kind, i.message_id, i.package_version AS item_package_version,
                   i.class AS item_class, i.state AS item_state, i.attempts,
                   i.channels[i.channel_index + 1] AS channel,
                   r.content_type, r.bytes, r.sha256, r.mapping_version, r.profile,
                   """
                    + CaseRows.COLUMNS
                    + """

              FROM lane_case c
              JOIN lane l ON l.name = c.lane
              JOIN lane_item i ON i.id = c.head_item
              JOIN rendering r ON r.lane_item = i.id AND r.channel = i.channels[i.channel_index + 1]
              JOIN referral_case rc ON rc.id = c.case_id
             WHERE c.id = ANY(:ids::bigint[])
            """;

    private static final String LEFT_BEHIND =
            """
            UPDATE attempt
               SET outcome = 'UNKNOWN', code = 'crashed-while-sending', finished_at = now()
             WHERE lane_item = ANY(:items::bigint[]) AND outcome = 'SENDING'
            """;

    private static final String PARK =
            """
            WITH parked AS (
              UPDATE lane_case
                 SET parked_reason = :kind, parked_code = :code, parked_where = NULL, parked_detail = :detail,
                     parked_at = now(), next_at = now()
               WHERE id = ANY(:ids::bigint[])
              RETURNING head_item)
            UPDATE lane_item SET state = 'PARKED' WHERE id IN (SELECT head_item FROM parked)
            """;

    private static final String SENDING =
            """
            WITH sending AS (
              UPDATE lane_item
                 SET state = 'SENDING', attempts = attempts + 1, first_sent_at = coalesce(first_sent_at, now())
               WHERE id = ANY(:items::bigint[])
              RETURNING id, attempts, channels[channel_index + 1] AS channel)
            INSERT INTO attempt (lane_item, attempt_no, channel, node)
            SELECT id, attempts, channel, :node FROM sending
            """;

    /** In the same transaction as SENDING: what cannot be logged does not leave (DPA 2018 s62). */
    private static final String DISCLOSED =
            """
            INSERT INTO evidence (kind, case_reference, actor, reason, recipient, payload_sha256, mapping_version, detail)
            SELECT 'DISCLOSURE', rc.reference, 'sallyport', 'crime-in-prison referral: ' || lower(i.kind), c.lane, r.sha256,
                   r.mapping_version,
                   'message ' || i.message_id || ', attempt ' || i.attempts || ' by ' || r.channel || ', profile ' || r.profile
              FROM lane_item i
              JOIN lane_case c ON c.id = i.lane_case
              JOIN referral_case rc ON rc.id = c.case_id
              JOIN rendering r ON r.lane_item = i.id AND r.channel = i.channels[i.channel_index + 1]
             WHERE i.id = ANY(:items::bigint[])
            """;

    private final Database database;
    private final FailurePolicy policy;
    private final String node;
    private final Clock clock;

    LaneClaims(Database database, FailurePolicy policy, String node, Clock clock) {
        this.database = database;
        this.policy = policy;
        this.node = node;
        this.clock = clock;
    }

    /** A lane that has something to send now. */
    record DueLane(String name, LaneFamily family) {}

    /** What one claim brought: items to send, and how many were parked because their node died while sending. */
    record Claimed(List<LaneClaim> toSend, int parked) {}

    /** Lanes of these families that are not suspended and have something due. */
    List<DueLane> due(Collection<LaneFamily> families) {
        return database.sql()
                .query(
                        WITH_SOMETHING_DUE,
                        with("families", texts(families.stream().map(Enum::name).toList())),
                        (row, n) -> new DueLane(row.getString("name"), LaneFamily.valueOf(row.getString("family"))));
    }

    Claimed claim(Map<String, Integer> permits, Duration lease) {
        // Taken before the database's clock starts the lease, so this JVM's idea of its end is never the later one.
        Instant leaseUntil = clock.instant().plus(lease);
        return database.inTransaction(() -> {
            var ids = database.sql()
                    .queryForList(
                            CLAIM,
                            with("lanes", texts(permits.keySet()))
                                    .addValue("permits", permits.values().toArray(Integer[]::new))
                                    .addValue("lease", seconds(lease)),
                            Long.class);
            if (ids.isEmpty()) {
                return new Claimed(List.of(), 0);
            }
            var heads = database.sql().query(LOAD, with("ids", longs(ids)), (row, n) -> Head.of(row));
            var unsendable = new HashSet<>(ids);
            heads.forEach(head -> unsendable.remove(head.laneCase()));
            park(unsendable, "DEFECT", "no-bytes", "there are no bytes for the channel whose turn it is");
            Claimed claimed = send(heads, leaseUntil);
            return new Claimed(claimed.toSend(), claimed.parked() + unsendable.size());
        });
    }

    private void park(Collection<Long> laneCases, String kind, String code, String detail) {
        if (!laneCases.isEmpty()) {
            database.sql()
                    .update(
                            PARK,
                            with("ids", longs(laneCases))
                                    .addValue("kind", kind)
                                    .addValue("code", code)
                                    .addValue("detail", detail));
        }
    }

    private Claimed send(List<Head> heads, Instant leaseUntil) {
        var leftBehind = heads.stream().filter(Head::leftBehind).toList();
        var stuck = new ArrayList<Head>();
        if (!leftBehind.isEmpty()) {
            database.sql()
                    .update(
                            LEFT_BEHIND,
                            with(
                                    "items",
                                    longs(leftBehind.stream().map(Head::item).toList())));
            leftBehind.stream()
                    .filter(head -> !policy.dedupes(head.lane, head.channel))
                    .forEach(stuck::add);
            park(
                    stuck.stream().map(Head::laneCase).toList(),
                    "UNKNOWN",
                    "crashed-while-sending",
                    "the node that was sending died; the partner may have it and cannot be asked");
        }
        var toSend = heads.stream().filter(head -> !stuck.contains(head)).toList();
        var items =
                with("items", longs(toSend.stream().map(Head::item).toList())).addValue("node", node);
        database.sql().update(SENDING, items);
        database.sql().update(DISCLOSED, items);
        return new Claimed(toSend.stream().map(head -> head.claim(leaseUntil)).toList(), stuck.size());
    }

    /** A lane's head as it was found. */
    private record Head(
            long laneCase,
            long fence,
            String lane,
            LaneFamily family,
            long item,
            int seq,
            String kind,
            String messageId,
            @Nullable Integer packageVersion,
            CaseClass caseClass,
            boolean leftBehind,
            int attempts,
            String channel,
            String contentType,
            byte[] bytes,
            byte[] sha256,
            String mappingVersion,
            String profile,
            ReferralCase referralCase) {

        static Head of(ResultSet row) throws SQLException {
            return new Head(
                    row.getLong("lane_case"),
                    row.getLong("fence"),
                    row.getString("lane"),
                    LaneFamily.valueOf(row.getString("lane_family")),
                    row.getLong("item"),
                    row.getInt("seq"),
                    row.getString("kind"),
                    row.getString("message_id"),
                    row.getObject("item_package_version", Integer.class),
                    CaseClass.valueOf(row.getString("item_class")),
                    row.getString("item_state").equals("SENDING"),
                    row.getInt("attempts"),
                    requireNonNull(row.getString("channel")),
                    row.getString("content_type"),
                    row.getBytes("bytes"),
                    row.getBytes("sha256"),
                    row.getString("mapping_version"),
                    row.getString("profile"),
                    CaseRows.read(row));
        }

        LaneClaim claim(Instant leaseUntil) {
            int colon = lane.indexOf(':');
            return new LaneClaim(
                    laneCase,
                    fence,
                    attempts + 1,
                    family,
                    lane,
                    colon < 0 ? lane : lane.substring(colon + 1),
                    referralCase,
                    item,
                    seq,
                    kind,
                    messageId,
                    packageVersion,
                    caseClass,
                    channel,
                    contentType,
                    bytes,
                    sha256,
                    mappingVersion,
                    profile,
                    leaseUntil);
        }
    }
}
