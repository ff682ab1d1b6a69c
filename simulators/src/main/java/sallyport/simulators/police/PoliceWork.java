package sallyport.simulators.police;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sallyport.simulators.journal.Agenda;
import sallyport.simulators.journal.Journal;
import sallyport.simulators.journal.Json;
import sallyport.simulators.tls.Certificates;

/**
 * What forces do with what they accepted: each case's messages go to the hub when they are due and again until it acknowledges
 * them. The first accepted version of a case starts the work; what was acknowledged stays so through a restart.
 */
public final class PoliceWork implements AutoCloseable {

    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);

    private final Forces forces;
    private final long seed;
    private final Duration hour;
    private final Clock clock;
    private final PartnerPort hub;
    private final Agenda agenda;
    private final Journal journal;
    private final Set<String> begun = new HashSet<>();
    private final Map<String, ObjectNode> outcomes = new LinkedHashMap<>();
    private final Set<String> finished = new HashSet<>();

    public PoliceWork(
            Path directory,
            Forces forces,
            Certificates certificates,
            Deliveries deliveries,
            long seed,
            Duration hour,
            Clock clock) {
        this.forces = forces;
        this.seed = seed;
        this.hour = hour;
        this.clock = clock;
        this.hub = new PartnerPort(certificates);
        this.agenda = new Agenda("police-work", 6, clock);
        this.journal = Journal.open(directory.resolve("outcomes.ndjson"), this::note);
        deliveries.all().forEach(this::take);
        deliveries.onArrival(this::take);
    }

    /** Where the hub's partner port is; nothing is sent while it is unknown. */
    public void answerTo(@Nullable URI partnerPort) {
        hub.address(partnerPort);
    }

    private void take(Delivery delivery) {
        String caseReference = delivery.caseReference();
        if (!delivery.accepted() || caseReference == null) {
            return;
        }
        if (delivery.channel().equals(Force.CJSE)) {
            schedule(delivery, delivered(delivery, caseReference));
        }
        boolean first;
        synchronized (this) {
            first = begun.add(delivery.force() + "/" + caseReference);
        }
        if (first) {
            Investigation.of(seed, hour, delivery.force(), caseReference)
                    .forEach(message -> schedule(delivery, message));
        }
    }

    private PoliceMessage delivered(Delivery delivery, String caseReference) {
        String digest = Contents.sha256((delivery.force() + delivery.messageId()).getBytes(StandardCharsets.UTF_8));
        return new PoliceMessage(
                "RDR-" + digest.substring(0, 24),
                delivery.force(),
                caseReference,
                PoliceMessage.DELIVERED,
                null,
                null,
                null,
                null,
                hour.dividedBy(4),
                1,
                null);
    }

    private void schedule(Delivery delivery, PoliceMessage message) {
        synchronized (this) {
            if (finished.contains(message.messageId())) {
                return;
            }
        }
        agenda.at(delivery.at().plus(message.after()), () -> send(delivery, message, 1, SHORTEST_WAIT));
    }

    private void send(Delivery delivery, PoliceMessage message, int copy, Duration wait) {
        // The due time, so that a repetition says the same as the first try.
        String at = delivery.at()
                .plus(message.after())
                .truncatedTo(ChronoUnit.MILLIS)
                .toString();
        Force force = forces.byCode(delivery.force());
        PartnerPort.Reply reply = delivery.channel().equals(Force.CJSE)
                ? hub.submit(force, message, text(delivery.sender()), text(delivery.correlationId()), at)
                : hub.outcome(force, message, at);
        if (reply == PartnerPort.Reply.AGAIN) {
            synchronized (this) {
                outcomes.putIfAbsent(message.messageId(), line(delivery, message, reply, copy));
            }
            Duration longer = wait.multipliedBy(2).compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait.multipliedBy(2);
            agenda.retry(wait, () -> send(delivery, message, copy, longer));
            return;
        }
        record(delivery, message, reply, copy);
        if (copy < message.copies()) {
            agenda.after(hour, () -> send(delivery, message, copy + 1, SHORTEST_WAIT));
        }
    }

    private static String text(@Nullable String text) {
        return text == null || text.isEmpty() ? "unknown" : text;
    }

    private void record(Delivery delivery, PoliceMessage message, PartnerPort.Reply reply, int copy) {
        ObjectNode line = line(delivery, message, reply, copy);
        synchronized (this) {
            journal.append(line);
            note(line);
        }
    }

    private ObjectNode line(Delivery delivery, PoliceMessage message, PartnerPort.Reply reply, int copy) {
        return Json.object()
                .put("messageId", message.messageId())
                .put("force", message.force())
                .put("channel", delivery.channel())
                .put("caseReference", message.caseReference())
                .put("type", message.type())
                .put("code", message.code())
                .put("odd", message.odd())
                .put("copies", copy)
                .put("at", clock.instant().toString())
                .put("acknowledged", reply == PartnerPort.Reply.ACKNOWLEDGED)
                .put("refused", reply == PartnerPort.Reply.REFUSED);
    }

    private void note(ObjectNode line) {
        String messageId = line.get("messageId").asText();
        outcomes.put(messageId, line);
        finished.add(messageId);
    }

    /** Every message that was due so far, and whether the hub acknowledged it, refused it or still owes an answer. */
    public synchronized ArrayNode toJson() {
        ArrayNode json = Json.array();
        outcomes.values().forEach(json::add);
        return json;
    }

    public int pending() {
        return agenda.pending();
    }

    /** Hurried, every message is due as soon as its case is accepted. */
    public void hurry(boolean on) {
        agenda.hurry(on);
    }

    @Override
    public void close() {
        agenda.close();
        journal.close();
    }
}
