package sallyport.ledger.engine;

import static sallyport.ledger.engine.Database.longs;
import static sallyport.ledger.engine.Database.seconds;
import static sallyport.ledger.engine.Database.texts;
import static sallyport.ledger.engine.Database.with;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import sallyport.ledger.LaneClaim;
import sallyport.ledger.LaneFamily;
import sallyport.ledger.LanePolicy;
import sallyport.ledger.Lease;

/**
 * Claims the heads of lanes, the immediate class first. When {@link #claim} returns, each item is committed as SENDING with an
 * attempt of its own, and only then may a byte leave. An item found SENDING whose lease ran out belonged to a node that died: its
 * outcome is unknown, so it goes out again only where the destination dedupes, is asked about where it can be asked, and parks else.
 */
final class LaneClaims {

    private static final String WITH_SOMETHING_DUE =
            """
            SELECT l.name, l.family, via.channel, again.due AS replays
              FROM lane l CROSS JOIN LATERAL unnest(l.channels) AS via(channel)
             CROSS JOIN LATERAL (
                   SELECT EXISTS (SELECT 1 FROM lane_case c
                                   WHERE c.lane = l.name AND c.channel = via.channel AND c.class = 'REPLAY'
                                     AND c.head_item IS NOT NULL AND c.parked_reason IS NULL AND c.next_at <= now()
                                 ) AS due) AS again
             WHERE l.family = ANY(:families::text[]) AND NOT l.suspended
               AND (:routine AND again.due
                 OR EXISTS (SELECT 1 FROM lane_case c
                             WHERE c.lane = l.name AND c.channel = via.channel AND c.class = 'IMMEDIATE'
                               AND c.head_item IS NOT NULL AND c.parked_reason IS NULL AND c.next_at <= now())
                 OR :routine AND EXISTS (SELECT 1 FROM lane_case c
                             WHERE c.lane = l.name AND c.channel = via.channel AND c.class = 'ROUTINE'
                               AND c.head_item IS NOT NULL AND c.parked_reason IS NULL AND c.next_at <= now()))
             ORDER BY l.name, via.channel
            """;

    static final String CLAIM =
            """
            UPDATE lane_case
               SET fence = fence + 1, next_at = now() + make_interval(secs => :lease)
             WHERE id = ANY(ARRAY(
                   SELECT due.id
                     FROM unnest(:lanes::text[], :channels::text[], :permits::int[]) AS wanted(lane, channel, permits)
                    CROSS JOIN LATERAL (
                          SELECT either.id
                            FROM (SELECT * FROM (
                                    SELECT c.id, c.class, c.next_at FROM lane_case c
                                     WHERE c.lane = wanted.lane AND c.channel = wanted.channel AND c.class = 'IMMEDIATE'
                                       AND c.head_item IS NOT NULL AND c.parked_reason IS NULL AND c.next_at <= now()
                                     ORDER BY c.next_at
                                     LIMIT wanted.permits
                                       FOR NO KEY UPDATE SKIP LOCKED) AS immediate
                                  UNION ALL
                                  SELECT * FROM (
                                    SELECT c.id, c.class, c.next_at FROM lane_case c
                                     WHERE :routine AND c.lane = wanted.lane AND c.channel = wanted.channel AND c.class = 'ROUTINE'
                                       AND c.head_item IS NOT NULL AND c.parked_reason IS NULL AND c.next_at <= now()
                                     ORDER BY c.next_at
                                     LIMIT wanted.permits
                                       FOR NO KEY UPDATE SKIP LOCKED) AS routine) AS either
                           ORDER BY either.class, either.next_at
                           LIMIT wanted.permits) AS due))
            RETURNING id, lane, channel
            """;

    /** Of one job, in what is left of the permits: a replay waits for everything else. */
    private static final String CLAIM_REPLAYED =
            """
            UPDATE lane_case
               SET fence = fence + 1, next_at = now() + make_interval(secs => :lease)
             WHERE id = ANY(ARRAY(
                   SELECT due.id
                     FROM unnest(:lanes::text[], :channels::text[], :permits::int[]) AS wanted(lane, channel, permits)
                    CROSS JOIN LATERAL (
                          SELECT c.id, c.next_at FROM lane_case c
                           WHERE c.lane = wanted.lane AND c.channel = wanted.channel AND c.class = 'REPLAY'
                             AND c.replay = :replay
                             AND c.head_item IS NOT NULL AND c.parked_reason IS NULL AND c.next_at <= now()
                           ORDER BY c.next_at
                           LIMIT least(wanted.permits, :tokens)
                             FOR NO KEY UPDATE SKIP LOCKED) AS due
                    ORDER BY due.next_at
                    LIMIT :tokens))
            RETURNING id, lane, channel
            """;

    private static final String LOAD =
            """
            SELECT c.id AS lane_case, c.fence, c.lane, l.family AS lane_family,
                   i.id AS item, i.seq, i.kind, i.message_id, i.package_version AS item_package_version,
                   i.class AS item_class, i.state AS item_state, i.attempts, i.asks, i.done_at IS NOT NULL AS again,
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

    private static final String TO_BE_ASKED = "UPDATE lane_item SET asks = true WHERE id = ANY(:items::bigint[])";

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
                 SET state = CASE WHEN asks THEN 'ASKING' ELSE 'SENDING' END, attempts = attempts + 1,
                     first_sent_at = CASE WHEN asks THEN first_sent_at ELSE coalesce(first_sent_at, now()) END
               WHERE id = ANY(:items::bigint[])
              RETURNING id, attempts, channels[channel_index + 1] AS channel, asks)
            INSERT INTO attempt (lane_item, attempt_no, channel, node, asked, may_have_reached)
            SELECT id, attempts, channel, :node, asks, NOT asks FROM sending
            """;

    /** In the same transaction as SENDING: what cannot be logged does not leave (DPA 2018 s62). */
    private static final String DISCLOSED =
            """
            INSERT INTO evidence (kind, case_reference, actor, reason, recipient, payload_sha256, mapping_version, rule_version, detail)
            SELECT 'DISCLOSURE', rc.reference, coalesce(p.asked_by, 'sallyport'),
                   coalesce(p.reason, 'crime-in-prison referral: ' || lower(i.kind)), c.lane, r.sha256, r.mapping_version,
                   (SELECT d.rule_version FROM decision d WHERE d.case_id = rc.id AND d.rule_version IS NOT NULL
                     ORDER BY d.id DESC LIMIT 1),
                   'message ' || i.message_id || ', attempt ' || i.attempts || ' by ' || r.channel || ', profile ' || coalesce(r.held_back, r.profile)
                   || coalesce(', replay ' || p.id || ', started by ' || p.started_by, '')
              FROM lane_item i
              JOIN lane_case c ON c.id = i.lane_case
              JOIN referral_case rc ON rc.id = c.case_id
              JOIN rendering r ON r.lane_item = i.id AND r.channel = i.channels[i.channel_index + 1]
              LEFT JOIN replay p ON p.id = i.replay
             WHERE i.id = ANY(:items::bigint[]) AND NOT i.asks
            """;

    private final Database database;
    private final Buckets buckets;
    private final LanePolicy policy;
    private final String node;
    private final Clock clock;
    /** Whether the last look found heads that a job has sent again; without them the jobs' buckets are left alone. */
    private volatile boolean replaysDue = true;

    LaneClaims(Database database, LanePolicy policy, String node, Clock clock) {
        this.database = database;
        this.buckets = new Buckets(database);
        this.policy = policy;
        this.node = node;
        this.clock = clock;
    }

    /** An outlet that has something to send now. */
    record Due(Outlet outlet, LaneFamily family) {}

    /** What one claim brought: items to send, and how many were parked because their node died while sending. */
    record Claimed(List<LaneClaim> toSend, int parked) {

        static final Claimed NOTHING = new Claimed(List.of(), 0);
    }

    List<Due> due(Collection<LaneFamily> families) {
        return due(families, Passage.ALL);
    }

    /** Outlets of these families whose lane is not suspended and that have something due that may leave. */
    List<Due> due(Collection<LaneFamily> families, Passage passage) {
        boolean[] replays = new boolean[1];
        List<Due> due = database.sql()
                .query(
                        WITH_SOMETHING_DUE,
                        with("families", texts(families.stream().map(Enum::name).toList()))
                                .addValue("routine", passage == Passage.ALL),
                        (row, n) -> {
                            replays[0] |= row.getBoolean("replays");
                            return new Due(
                                    new Outlet(row.getString("name"), row.getString("channel")),
                                    LaneFamily.valueOf(row.getString("family")));
                        });
        replaysDue = replays[0];
        return due;
    }

    Claimed claim(Map<Outlet, Integer> permits, Duration length) {
        return claim(permits, length, Passage.ALL);
    }

    /** @param permits how many of each outlet may begin now */
    Claimed claim(Map<Outlet, Integer> permits, Duration length, Passage passage) {
        if (passage == Passage.NOTHING) {
            return Claimed.NOTHING;
        }
        // Taken before the database's clock starts the lease, so this JVM's idea of its end is never the later one.
        Lease lease = Lease.of(length, clock);
        return database.inTransaction(() -> {
            Map<String, Integer> tokens = buckets.ofLanes(rates(permits.keySet()));
            Map<Outlet, Integer> granted = within(permits, tokens);
            if (granted.isEmpty()) {
                return Claimed.NOTHING;
            }
            List<Long> ids = claimed(granted, length, passage);
            if (ids.isEmpty()) {
                return Claimed.NOTHING;
            }
            var heads = database.sql().query(LOAD, with("ids", longs(ids)), (row, n) -> LaneHead.of(row));
            buckets.spend(limited(tokens.keySet(), heads));
            var unsendable = new HashSet<>(ids);
            heads.forEach(head -> unsendable.remove(head.laneCase()));
            park(unsendable, "DEFECT", "no-bytes", "there are no bytes for the channel whose turn it is");
            Claimed claimed = send(heads, lease);
            return new Claimed(claimed.toSend(), claimed.parked() + unsendable.size());
        });
    }

    private List<Long> claimed(Map<Outlet, Integer> granted, Duration length, Passage passage) {
        List<Long> ids = new ArrayList<>();
        Map<Outlet, Integer> left = new TreeMap<>(granted);
        boolean routine = passage == Passage.ALL;
        take(CLAIM, outlets(left, length).addValue("routine", routine), left, ids);
        if (routine && replaysDue && !left.isEmpty()) {
            buckets.ofReplays().forEach((replay, tokens) -> {
                if (tokens > 0 && !left.isEmpty()) {
                    int before = ids.size();
                    var theirs =
                            outlets(left, length).addValue("replay", replay).addValue("tokens", tokens);
                    take(CLAIM_REPLAYED, theirs, left, ids);
                    buckets.spend(replay, ids.size() - before);
                }
            });
        }
        return ids;
    }

    /** Adds what the statement claims to the ids, and takes it from what is left of the permits. */
    private void take(String claim, MapSqlParameterSource wanted, Map<Outlet, Integer> left, List<Long> ids) {
        database.sql().query(claim, wanted, row -> {
            ids.add(row.getLong("id"));
            left.computeIfPresent(
                    new Outlet(row.getString("lane"), row.getString("channel")),
                    (outlet, permits) -> permits == 1 ? null : permits - 1);
        });
    }

    private static MapSqlParameterSource outlets(Map<Outlet, Integer> permits, Duration length) {
        var outlets = List.copyOf(permits.keySet());
        return with("lanes", texts(outlets.stream().map(Outlet::lane).toList()))
                .addValue(
                        "channels", texts(outlets.stream().map(Outlet::channel).toList()))
                .addValue("permits", outlets.stream().map(permits::get).toArray(Integer[]::new))
                .addValue("lease", seconds(length));
    }

    private Map<String, LanePolicy.Rate> rates(Collection<Outlet> outlets) {
        Map<String, LanePolicy.Rate> rates = new TreeMap<>();
        outlets.forEach(outlet -> policy.rate(outlet.lane()).ifPresent(rate -> rates.put(outlet.lane(), rate)));
        return rates;
    }

    /** How many of these begin in each lane that has a rate. */
    private static Map<String, Integer> limited(Collection<String> lanes, List<LaneHead> heads) {
        Map<String, Integer> spent = new TreeMap<>();
        heads.stream()
                .filter(head -> lanes.contains(head.lane()))
                .forEach(head -> spent.merge(head.lane(), 1, Integer::sum));
        return spent;
    }

    private static Map<Outlet, Integer> within(Map<Outlet, Integer> permits, Map<String, Integer> tokens) {
        Map<String, Integer> left = new HashMap<>(tokens);
        Map<Outlet, Integer> granted = new TreeMap<>();
        new TreeMap<>(permits).forEach((outlet, wanted) -> {
            int given = Math.min(wanted, left.getOrDefault(outlet.lane(), wanted));
            left.computeIfPresent(outlet.lane(), (lane, before) -> before - given);
            if (given > 0) {
                granted.put(outlet, given);
            }
        });
        return granted;
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

    private Claimed send(List<LaneHead> heads, Lease lease) {
        var stuck = new HashSet<Long>();
        var toAsk = new HashSet<Long>();
        afterCrash(heads.stream().filter(LaneHead::leftBehind).toList(), stuck, toAsk);
        var toSend =
                heads.stream().filter(head -> !stuck.contains(head.laneCase())).toList();
        database.sql().update(SENDING, items(toSend).addValue("node", node));
        database.sql().update(DISCLOSED, items(toSend));
        return new Claimed(
                toSend.stream()
                        .map(head -> head.claim(head.asks() || toAsk.contains(head.laneCase()), lease))
                        .toList(),
                stuck.size());
    }

    /** What a node was sending when it died: sent again, asked about, or left to a person. */
    private void afterCrash(List<LaneHead> leftBehind, Collection<Long> stuck, Collection<Long> toAsk) {
        if (leftBehind.isEmpty()) {
            return;
        }
        database.sql().update(LEFT_BEHIND, items(leftBehind));
        var asked = new ArrayList<LaneHead>();
        for (LaneHead head : leftBehind) {
            if (head.asks()) {
                // It died while it asked, which changes nothing: the partner is asked again.
                continue;
            }
            switch (policy.afterUnknown(head.lane(), head.channel())) {
                case RESEND -> {
                    // The same bytes, as a new attempt.
                }
                case ASK -> asked.add(head);
                case PARK -> stuck.add(head.laneCase());
            }
        }
        asked.forEach(head -> toAsk.add(head.laneCase()));
        if (!asked.isEmpty()) {
            database.sql().update(TO_BE_ASKED, items(asked));
        }
        park(
                stuck,
                "UNKNOWN",
                "crashed-while-sending",
                "the node that was sending died; the partner may have it and cannot be asked");
    }

    private static MapSqlParameterSource items(Collection<LaneHead> heads) {
        return with("items", longs(heads.stream().map(LaneHead::item).toList()));
    }
}
