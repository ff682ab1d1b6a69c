package sallyport.bench;

import jakarta.jms.BytesMessage;
import jakarta.jms.CompletionListener;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQDestination;
import sallyport.bench.HandLoop.Hand;
import sallyport.bench.HandLoop.Tools;
import sallyport.mappings.disclosure.DisclosureProfiles;
import sallyport.mappings.feed.CaseEvent;
import sallyport.mappings.feed.CaseEventMapping;
import sallyport.mappings.identity.CaseReference;
import sallyport.mappings.identity.ForceCode;
import sallyport.mappings.tracker.TrackerMapping;
import sallyport.mappings.tracker.TrackerRow;

/**
 * Delivery by hand: a promised package is claimed, logged as disclosed and posted to its force; the receipt, the case's state, the
 * event for the regional team and the tracker's row are written, and both are sent and confirmed.
 */
final class HandDelivery implements Hand {

    private static final String CLAIM =
            """
            WITH mine AS (
              SELECT id, case_id, head_item FROM lane_case
               WHERE lane = ? AND channel = 'ihub' AND class = 'ROUTINE' AND head_item IS NOT NULL AND parked_reason IS NULL
                 AND next_at <= now()
               ORDER BY next_at LIMIT ? FOR NO KEY UPDATE SKIP LOCKED),
            leased AS (
              UPDATE lane_case c SET next_at = now() + interval '2 minutes' FROM mine WHERE c.id = mine.id)
            SELECT m.head_item, m.case_id, c.reference, i.message_id, r.bytes, c.prison, c.force, c.family
              FROM mine m
              JOIN referral_case c ON c.id = m.case_id
              JOIN lane_item i ON i.id = m.head_item
              JOIN rendering r ON r.lane_item = i.id
            """;

    private static final String RECEIPTS =
            """
            INSERT INTO receipt (case_id, lane, package_version, rung, at, owner, deadline, evidence_sha256, detail)
            SELECT c, ?, 1, 'ACCEPTED', now(), ?, now() + interval '72 hours', sha256('kept'), 'answer 201'
              FROM unnest(?::bigint[]) AS c
            """;

    private static final String DELIVERED =
            """
            UPDATE referral_case SET state = 'DELIVERED', row_version = row_version + 1, changed_at = now()
             WHERE id = ANY(?::bigint[])
            """;

    private final Tools tools;
    private final HandLanes lanes;
    private final URI partner;
    private final String lane;
    private final int size;
    private final Connection broker;
    private final Session session;
    private final MessageProducer producer;

    HandDelivery(
            String database,
            URI partner,
            ActiveMQConnectionFactory broker,
            String user,
            String password,
            String lane,
            int size)
            throws SQLException, JMSException {
        this.tools = new Tools(database);
        this.lanes = new HandLanes(tools, partner);
        this.partner = partner;
        this.lane = lane;
        this.size = size;
        this.broker = broker.createConnection(user, password);
        this.broker.start();
        this.session = this.broker.createSession(false, Session.AUTO_ACKNOWLEDGE);
        this.producer = session.createProducer(ActiveMQDestination.createQueue("feed." + Stage.TEAM));
    }

    private record Claimed(HandLanes.Item item, String prison, String force, String family) {

        long caseId() {
            return item.promise().caseId();
        }
    }

    @Override
    public int batch() throws Exception {
        List<Claimed> claimed = claim();
        if (claimed.isEmpty()) {
            return 0;
        }
        List<HandLanes.Item> items = claimed.stream().map(Claimed::item).toList();
        lanes.sending(items);
        tools.commit();

        for (Claimed each : claimed) {
            tools.send(
                    "POST",
                    partner.resolve("/force/" + each.force() + "/incidents"),
                    each.item().promise().contentType(),
                    each.item().promise().bytes());
        }

        lanes.done(items);
        List<Long> cases = claimed.stream().map(Claimed::caseId).toList();
        tools.rows(RECEIPTS, lane, lane, cases);
        tools.rows(DELIVERED, cases);
        List<HandLanes.Item> events = lanes.promise(
                "feed", "CASE_EVENT", claimed.stream().map(HandDelivery::event).toList());
        List<HandLanes.Item> rows = lanes.promise(
                "tracker",
                "TRACKER_ROW",
                claimed.stream().map(HandDelivery::row).toList());
        tools.commit();

        lanes.sending(events);
        lanes.sending(rows);
        tools.commit();
        publish(events);
        lanes.putRows(rows);
        lanes.done(HandLanes.joined(events, rows));
        tools.commit();
        return claimed.size();
    }

    private List<Claimed> claim() throws SQLException {
        List<Claimed> claimed = new ArrayList<>();
        try (ResultSet rows = tools.bind(CLAIM, lane, size).executeQuery()) {
            while (rows.next()) {
                claimed.add(new Claimed(
                        new HandLanes.Item(
                                rows.getLong(1),
                                lane,
                                new HandLanes.Promise(
                                        rows.getLong(2),
                                        rows.getString(3),
                                        rows.getString(4),
                                        "application/vnd.api+json",
                                        rows.getBytes(5))),
                        rows.getString(6),
                        rows.getString(7),
                        rows.getString(8)));
            }
        }
        return claimed;
    }

    private static HandLanes.Promise event(Claimed each) {
        String reference = each.item().promise().reference();
        byte[] event = CaseEventMapping.render(
                new CaseEvent(
                        reference + "-delivered-1",
                        CaseEvent.Type.DELIVERED,
                        new CaseReference(reference),
                        each.prison(),
                        new ForceCode(each.force()),
                        each.family(),
                        "MANDATORY",
                        "ROUTINE",
                        1,
                        null,
                        null,
                        Instant.now()),
                DisclosureProfiles.of(Stage.TEAM));
        return new HandLanes.Promise(
                each.caseId(), reference, reference + "-delivered-1", CaseEventMapping.CONTENT_TYPE, event);
    }

    private static HandLanes.Promise row(Claimed each) {
        String reference = each.item().promise().reference();
        Instant now = Instant.now();
        byte[] row = TrackerMapping.render(
                new TrackerRow(
                        new CaseReference(reference),
                        each.prison(),
                        new ForceCode(each.force()),
                        "DELIVERED",
                        "MANDATORY",
                        "ROUTINE",
                        now,
                        now,
                        null,
                        null,
                        1,
                        null,
                        null,
                        null,
                        now,
                        2),
                DisclosureProfiles.of("tracker"));
        return new HandLanes.Promise(each.caseId(), reference, reference + "-t2", "application/json", row);
    }

    /** One waits for the broker's word on its one message, a batch for that on all of them. */
    private void publish(List<HandLanes.Item> events) throws Exception {
        CountDownLatch stored = new CountDownLatch(events.size());
        AtomicReference<Exception> failed = new AtomicReference<>();
        CompletionListener listener = new CompletionListener() {
            @Override
            public void onCompletion(Message message) {
                stored.countDown();
            }

            @Override
            public void onException(Message message, Exception exception) {
                failed.set(exception);
                stored.countDown();
            }
        };
        for (HandLanes.Item event : events) {
            BytesMessage message = session.createBytesMessage();
            message.writeBytes(event.promise().bytes());
            message.setStringProperty("_AMQ_DUPL_ID", event.promise().messageId());
            producer.send(message, listener);
        }
        if (!stored.await(30, TimeUnit.SECONDS) || failed.get() != null) {
            throw new IllegalStateException("the broker did not store what it was sent", failed.get());
        }
    }

    @Override
    public void close() throws Exception {
        broker.close();
        tools.close();
    }
}
