package sallyport.bench;

import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import sallyport.bench.HandLoop.Tools;

/** Promised effects by hand, in the ledger's own tables, under a family that no hub claims. */
final class HandLanes {

    private static final String LANE_CASES =
            """
            INSERT INTO lane_case (lane, case_id, next_seq) SELECT ?, c, 2 FROM unnest(?::bigint[]) AS c
            ON CONFLICT (lane, case_id) DO UPDATE SET next_seq = lane_case.next_seq + 1
            RETURNING case_id, id, next_seq - 1
            """;

    private static final String ITEMS =
            """
            INSERT INTO lane_item (lane_case, seq, kind, message_id, class, channels)
            SELECT i.lane_case, i.seq, ?, i.message, 'ROUTINE', '{by-hand}'
              FROM unnest(?::bigint[], ?::int[], ?::text[]) AS i(lane_case, seq, message)
            RETURNING message_id, id
            """;

    private static final String RENDERINGS =
            """
            INSERT INTO rendering (lane_item, channel, content_type, bytes, sha256, mapping_version, profile)
            SELECT r.item, 'by-hand', r.type, r.bytes, sha256(r.bytes), 'by-hand', 'by-hand'
              FROM unnest(?::bigint[], ?::text[], ?::bytea[]) AS r(item, type, bytes)
            """;

    private static final String HEADS =
            """
            UPDATE lane_case c SET head_item = h.item, next_at = now()
              FROM unnest(?::bigint[], ?::bigint[]) AS h(id, item) WHERE c.id = h.id
            """;

    private static final String SENDING =
            """
            WITH sending AS (
              UPDATE lane_item SET state = 'SENDING', attempts = attempts + 1, first_sent_at = now()
               WHERE id = ANY(?::bigint[]) RETURNING id)
            INSERT INTO attempt (lane_item, attempt_no, channel, node) SELECT id, 1, 'by-hand', 'by-hand' FROM sending
            """;

    private static final String DISCLOSED =
            """
            INSERT INTO evidence (kind, case_reference, actor, reason, recipient, payload_sha256, mapping_version, detail)
            SELECT 'DISCLOSURE', d.reference, 'by-hand', 'crime-in-prison referral', ?, sha256(d.bytes), 'by-hand', d.message
              FROM unnest(?::text[], ?::bytea[], ?::text[]) AS d(reference, bytes, message)
            """;

    private static final String DONE =
            """
            WITH done AS (
              UPDATE lane_item SET state = 'DONE', done_at = now() WHERE id = ANY(?::bigint[]) RETURNING id, lane_case),
            known AS (
              UPDATE attempt a SET outcome = 'ACCEPTED', finished_at = now() FROM done WHERE a.lane_item = done.id)
            UPDATE lane_case c SET head_item = NULL FROM done WHERE c.id = done.lane_case
            """;

    private final Tools tools;
    private final URI partner;

    HandLanes(Tools tools, URI partner) {
        this.tools = tools;
        this.partner = partner;
    }

    record Promise(long caseId, String reference, String messageId, String contentType, byte[] bytes) {}

    record Item(long id, String lane, Promise promise) {}

    List<Item> promise(String destination, String kind, List<Promise> promises) throws SQLException {
        if (promises.isEmpty()) {
            return List.of();
        }
        String lane = "by-hand-" + destination;
        Map<Long, Long> laneCases = new HashMap<>();
        Map<Long, Integer> seqs = new HashMap<>();
        try (ResultSet rows = tools.bind(
                        LANE_CASES, lane, promises.stream().map(Promise::caseId).toList())
                .executeQuery()) {
            while (rows.next()) {
                laneCases.put(rows.getLong(1), rows.getLong(2));
                seqs.put(rows.getLong(1), rows.getInt(3));
            }
        }
        List<Long> ofCases =
                promises.stream().map(each -> laneCases.get(each.caseId())).toList();
        Map<String, Long> ids = new HashMap<>();
        try (ResultSet rows = tools.bind(
                        ITEMS,
                        kind,
                        ofCases,
                        promises.stream().map(each -> seqs.get(each.caseId())).toList(),
                        promises.stream().map(Promise::messageId).toList())
                .executeQuery()) {
            while (rows.next()) {
                ids.put(rows.getString(1), rows.getLong(2));
            }
        }
        List<Item> items = promises.stream()
                .map(each -> new Item(ids.get(each.messageId()), lane, each))
                .toList();
        tools.rows(
                RENDERINGS,
                items.stream().map(Item::id).toList(),
                promises.stream().map(Promise::contentType).toList(),
                promises.stream().map(Promise::bytes).toList());
        tools.rows(HEADS, ofCases, items.stream().map(Item::id).toList());
        return items;
    }

    /** Committed by the caller before a byte leaves. */
    void sending(List<Item> items) throws SQLException {
        tools.rows(SENDING, items.stream().map(Item::id).toList());
        tools.rows(
                DISCLOSED,
                items.get(0).lane(),
                items.stream().map(item -> item.promise().reference()).toList(),
                items.stream().map(item -> item.promise().bytes()).toList(),
                items.stream().map(item -> item.promise().messageId()).toList());
    }

    /** As the tracker's contract has it: what is there is read, then written under its version. */
    void putRows(List<Item> items) throws Exception {
        for (Item item : items) {
            URI row = partner.resolve("/referrals/" + item.promise().reference());
            tools.get(row);
            tools.send("PUT", row, "application/json", item.promise().bytes());
        }
    }

    void done(List<Item> items) throws SQLException {
        tools.rows(DONE, items.stream().map(Item::id).toList());
    }

    static <T> List<T> joined(List<T> one, List<T> other) {
        List<T> all = new ArrayList<>(one);
        all.addAll(other);
        return all;
    }
}
