package sallyport.ledger.engine;

import static sallyport.ledger.engine.Database.longs;
import static sallyport.ledger.engine.Database.seconds;
import static sallyport.ledger.engine.Database.texts;
import static sallyport.ledger.engine.Database.with;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import sallyport.ledger.Effect.Promise;
import sallyport.ledger.LaneFamily;
import sallyport.ledger.LanePolicy;
import sallyport.ledger.Rendered;
import sallyport.mappings.canonical.Sha256;

/**
 * Promises effects. The upsert of the (lane, case) row takes its lock until the commit, so the order of numbers given out is the
 * order of commits, and a second promise of the same message id sees the first. A number that went to a repeated message leaves a
 * gap, which is harmless: the head is the lowest promised one.
 */
final class Promises {

    private static final String NUMBERS =
            """
            INSERT INTO lane_case AS c (lane, case_id, next_seq)
            SELECT p.lane, p.case_id, 1 + p.n
              FROM unnest(:lanes::text[], :cases::bigint[], :counts::int[]) AS p(lane, case_id, n)
             ORDER BY p.lane, p.case_id
            ON CONFLICT (lane, case_id) DO UPDATE SET next_seq = c.next_seq + EXCLUDED.next_seq - 1
            RETURNING c.id, c.lane, c.case_id, c.next_seq
            """;

    private static final String ITEM =
            """
            INSERT INTO lane_item (lane_case, seq, kind, message_id, package_version, class, channels, patience)
            VALUES (:laneCase, :seq, :kind, :messageId, :packageVersion, :class, :channels::text[], :patience::float8[])
            """;

    private static final String RENDERING =
            """
            INSERT INTO rendering (lane_item, channel, content_type, bytes, sha256, mapping_version, profile)
            SELECT id, :channel, :contentType, :bytes, :sha256, :mappingVersion, :profile
              FROM lane_item WHERE message_id = :messageId
            """;

    private static final String HEADS =
            """
            UPDATE lane_case c
               SET next_at = now(),
                   head_item = (SELECT i.id FROM lane_item i
                                 WHERE i.lane_case = c.id AND i.state = 'PROMISED' ORDER BY i.seq LIMIT 1)
             WHERE c.id = ANY(:ids::bigint[]) AND c.head_item IS NULL
            """;

    private static final String PROMISED_BEFORE =
            """
            SELECT i.message_id, r.channel, r.sha256
              FROM lane_item i LEFT JOIN rendering r ON r.lane_item = i.id
             WHERE i.message_id = ANY(:ids::text[])
            """;

    private static final String LANE =
            """
            INSERT INTO lane AS l (name, family, channels) VALUES (:name, :family, :channels::text[])
            ON CONFLICT (name) DO UPDATE
              SET channels = ARRAY(SELECT DISTINCT unnest(l.channels || EXCLUDED.channels) ORDER BY 1)
            WHERE NOT l.channels @> EXCLUDED.channels
            """;

    private final Database database;
    private final LanePolicy policy;
    private final Set<Outlet> knownOutlets = ConcurrentHashMap.newKeySet();

    Promises(Database database, LanePolicy policy) {
        this.database = database;
        this.policy = policy;
    }

    void write(List<Promise> promises) {
        if (promises.isEmpty()) {
            return;
        }
        ensureLanes(promises);
        var byRow = new LinkedHashMap<LaneAndCase, List<Promise>>();
        promises.forEach(promise -> byRow.computeIfAbsent(
                        new LaneAndCase(promise.lane(), promise.caseId()), row -> new ArrayList<>())
                .add(promise));
        Map<LaneAndCase, Numbers> numbers = numbers(byRow);
        Set<String> seen = promisedBefore(promises);
        var items = new ArrayList<MapSqlParameterSource>();
        var renderings = new ArrayList<MapSqlParameterSource>();
        byRow.forEach((row, theirs) -> {
            Numbers given = numbers.get(row);
            for (int i = 0; i < theirs.size(); i++) {
                Promise promise = theirs.get(i);
                if (given != null && seen.add(promise.messageId())) {
                    items.add(item(promise, given.laneCase, given.first + i));
                    promise.renderings().forEach(rendered -> renderings.add(rendering(promise, rendered)));
                }
            }
        });
        database.forEach(ITEM, items, item -> item);
        database.forEach(RENDERING, renderings, rendering -> rendering);
        database.sql()
                .update(
                        HEADS,
                        with(
                                "ids",
                                longs(numbers.values().stream()
                                        .map(Numbers::laneCase)
                                        .toList())));
    }

    /**
     * Ids that are promised already: the same message again has the effect of once. A package under an id that already stands for
     * other bytes is a conflict that a person must see, never a second message and never silence.
     */
    private Set<String> promisedBefore(List<Promise> promises) {
        Set<String> seen = new HashSet<>();
        Map<String, byte[]> hashes = new HashMap<>();
        database.sql()
                .query(
                        PROMISED_BEFORE,
                        with(
                                "ids",
                                texts(promises.stream().map(Promise::messageId).toList())),
                        row -> {
                            seen.add(row.getString("message_id"));
                            hashes.put(
                                    row.getString("message_id") + " " + row.getString("channel"),
                                    row.getBytes("sha256"));
                        });
        for (Promise promise : promises) {
            if (promise.family() == LaneFamily.FORCE && seen.contains(promise.messageId())) {
                for (Rendered rendered : promise.renderings()) {
                    byte[] before = hashes.get(promise.messageId() + " " + rendered.channel());
                    if (before != null && !Arrays.equals(before, Sha256.of(rendered.bytes()))) {
                        throw new MessageIdReused();
                    }
                }
            }
        }
        return seen;
    }

    /** One message id, two messages. */
    static final class MessageIdReused extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    private void ensureLanes(List<Promise> promises) {
        var unknown = new TreeMap<String, Set<String>>();
        var families = new HashMap<String, LaneFamily>();
        outlets(promises).filter(outlet -> !knownOutlets.contains(outlet)).forEach(outlet -> unknown.computeIfAbsent(
                        outlet.lane(), lane -> new TreeSet<>())
                .add(outlet.channel()));
        promises.forEach(promise -> families.put(promise.lane(), promise.family()));
        database.forEach(LANE, List.copyOf(unknown.entrySet()), lane -> with("name", lane.getKey())
                .addValue("family", families.get(lane.getKey()).name())
                .addValue("channels", texts(lane.getValue())));
    }

    private static Stream<Outlet> outlets(List<Promise> promises) {
        return promises.stream().flatMap(promise -> promise.renderings().stream()
                .map(rendered -> new Outlet(promise.lane(), rendered.channel())));
    }

    /** To be called when the transaction that promised has committed: a lane rolled back is not there. */
    void committed(List<Promise> promises) {
        outlets(promises).forEach(knownOutlets::add);
    }

    private Map<LaneAndCase, Numbers> numbers(Map<LaneAndCase, List<Promise>> byRow) {
        Map<LaneAndCase, Numbers> numbers = new HashMap<>();
        database.sql()
                .query(
                        NUMBERS,
                        with(
                                        "lanes",
                                        texts(byRow.keySet().stream()
                                                .map(LaneAndCase::lane)
                                                .toList()))
                                .addValue(
                                        "cases",
                                        longs(byRow.keySet().stream()
                                                .map(LaneAndCase::caseId)
                                                .toList()))
                                .addValue(
                                        "counts",
                                        byRow.values().stream().map(List::size).toArray(Integer[]::new)),
                        row -> {
                            var key = new LaneAndCase(row.getString("lane"), row.getLong("case_id"));
                            int count = byRow.getOrDefault(key, List.of()).size();
                            numbers.put(key, new Numbers(row.getLong("id"), row.getInt("next_seq") - count));
                        });
        return numbers;
    }

    private MapSqlParameterSource item(Promise promise, long laneCase, int seq) {
        if (promise.renderings().isEmpty()) {
            throw new IllegalStateException("a promise needs bytes for at least one channel");
        }
        return with("laneCase", laneCase)
                .addValue("seq", seq)
                .addValue("kind", promise.kind())
                .addValue("messageId", promise.messageId())
                .addValue("packageVersion", promise.packageVersion())
                .addValue("class", promise.caseClass().name())
                .addValue(
                        "channels",
                        texts(promise.renderings().stream()
                                .map(Rendered::channel)
                                .toList()))
                .addValue("patience", patience(promise));
    }

    private @Nullable Double[] patience(Promise promise) {
        int channels = promise.renderings().size();
        var patience = new Double[channels];
        for (int i = 0; i < channels; i++) {
            Duration each = policy.patience(
                    promise.lane(), promise.renderings().get(i).channel(), promise.caseClass(), i == channels - 1);
            patience[i] = each == null ? null : seconds(each);
        }
        return patience;
    }

    private static MapSqlParameterSource rendering(Promise promise, Rendered rendered) {
        return with("messageId", promise.messageId())
                .addValue("channel", rendered.channel())
                .addValue("contentType", rendered.contentType())
                .addValue("bytes", rendered.bytes())
                .addValue("sha256", Sha256.of(rendered.bytes()))
                .addValue("mappingVersion", rendered.mappingVersion())
                .addValue("profile", rendered.profile());
    }

    private record LaneAndCase(String lane, long caseId) {}

    private record Numbers(long laneCase, int first) {}
}
