package sallyport.ledger.engine;

import static java.util.stream.Collectors.joining;
import static sallyport.ledger.engine.Database.longs;
import static sallyport.ledger.engine.Database.seconds;
import static sallyport.ledger.engine.Database.texts;
import static sallyport.ledger.engine.Database.with;

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
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

    private static final String ITEMS =
            """
            INSERT INTO lane_item (lane_case, seq, kind, message_id, package_version, class, channels, patience)
            SELECT lane_case, seq, kind, message_id, package_version, class, string_to_array(channels, ','),
                   string_to_array(patience, ',', '')::float8[]
              FROM unnest(:laneCases::bigint[], :seqs::int[], :kinds::text[], :messageIds::text[], :packageVersions::int[],
                          :classes::text[], :channels::text[], :patience::text[])
                     AS i(lane_case, seq, kind, message_id, package_version, class, channels, patience)
            """;

    private static final String RENDERINGS =
            """
            INSERT INTO rendering (lane_item, channel, content_type, bytes, sha256, mapping_version, profile, held_back)
            SELECT (SELECT id FROM lane_item i WHERE i.message_id = r.message_id), r.channel, r.content_type, r.bytes, r.sha256,
                   r.mapping_version, r.profile, r.held_back
              FROM unnest(:messageIds::text[], :channels::text[], :contentTypes::text[], :bytes::bytea[], :hashes::bytea[],
                          :mappingVersions::text[], :profiles::text[], :heldBack::text[])
                     AS r(message_id, channel, content_type, bytes, sha256, mapping_version, profile, held_back)
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
        var items = new ArrayList<Item>();
        var renderings = new ArrayList<Rendering>();
        byRow.forEach((row, theirs) -> {
            Numbers given = numbers.get(row);
            for (int i = 0; i < theirs.size(); i++) {
                Promise promise = theirs.get(i);
                if (given != null && seen.add(promise.messageId())) {
                    items.add(new Item(promise, given.laneCase, given.first + i));
                    promise.renderings()
                            .forEach(rendered -> renderings.add(new Rendering(promise.messageId(), rendered)));
                }
            }
        });
        store(items);
        database.forAll(
                RENDERINGS,
                Unnested.of(renderings)
                        .texts("messageIds", Rendering::messageId)
                        .texts("channels", each -> each.rendered.channel())
                        .texts("contentTypes", each -> each.rendered.contentType())
                        .bytes("bytes", each -> each.rendered.bytes())
                        .bytes("hashes", each -> Sha256.of(each.rendered.bytes()))
                        .texts("mappingVersions", each -> each.rendered.mappingVersion())
                        .texts("profiles", each -> each.rendered.profile())
                        .texts("heldBack", each -> each.rendered.heldBack()));
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
                        Unnested.of(byRow.entrySet())
                                .texts("lanes", row -> row.getKey().lane())
                                .longs("cases", row -> row.getKey().caseId())
                                .ints("counts", row -> row.getValue().size())
                                .values(),
                        row -> {
                            var key = new LaneAndCase(row.getString("lane"), row.getLong("case_id"));
                            int count = byRow.getOrDefault(key, List.of()).size();
                            numbers.put(key, new Numbers(row.getLong("id"), row.getInt("next_seq") - count));
                        });
        return numbers;
    }

    private void store(List<Item> items) {
        for (Item item : items) {
            if (item.promise.renderings().isEmpty()) {
                throw new IllegalStateException("a promise needs bytes for at least one channel");
            }
        }
        database.forAll(
                ITEMS,
                Unnested.of(items)
                        .longs("laneCases", Item::laneCase)
                        .ints("seqs", Item::seq)
                        .texts("kinds", item -> item.promise.kind())
                        .texts("messageIds", item -> item.promise.messageId())
                        .ints("packageVersions", item -> item.promise.packageVersion())
                        .texts("classes", item -> item.promise.caseClass().name())
                        .texts("channels", item -> item.promise.renderings().stream()
                                .map(Rendered::channel)
                                .collect(joining(",")))
                        .texts("patience", item -> patience(item.promise)));
    }

    /** Seconds for each channel, or nothing where there is no limit. */
    private String patience(Promise promise) {
        int channels = promise.renderings().size();
        return IntStream.range(0, channels)
                .mapToObj(i -> policy.patience(
                        promise.lane(), promise.renderings().get(i).channel(), promise.caseClass(), i == channels - 1))
                .map(each -> each == null ? "" : Double.toString(seconds(each)))
                .collect(joining(","));
    }

    private record Item(Promise promise, long laneCase, int seq) {}

    private record Rendering(String messageId, Rendered rendered) {}

    private record LaneAndCase(String lane, long caseId) {}

    private record Numbers(long laneCase, int first) {}
}
