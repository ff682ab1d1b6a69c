package sallyport.routes.eventintake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import sallyport.connectors.prison.domainevents.DomainEventMessage;
import sallyport.ledger.Effect.RequestWork;
import sallyport.ledger.Hints;
import sallyport.ledger.Inbox;
import sallyport.ledger.Step;
import sallyport.mappings.table.CsvTable;
import sallyport.routes.HubProperties;

/** Events in the shapes that their publishers give them: none is lost, none crashes, and each leads to what its type says. */
class EventIntakeTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<Map<String, String>> SHAPES = CsvTable.rows("sallyport/facts/events.csv");
    private static final Map<String, String> WORK = new HashMap<>();
    private static final Map<String, Step> STEPS = Map.of(
            "INCIDENT", Step.INCIDENT_FETCH,
            "PERSON_NUMBER", Step.IDENTITY_CHANGE,
            "CASE_NOTE", Step.CASE_NOTE_FETCH,
            "CHARGE", Step.ADJUDICATION_FETCH,
            "REFERRED", Step.ADJUDICATION_FETCH,
            "ALERT", Step.PRISONER_ALERT_FETCH,
            "PERSON", Step.PERSON_CHANGE);

    static {
        CsvTable.rows("sallyport/event/event-types.csv").forEach(row -> WORK.put(row.get("type"), row.get("work")));
    }

    /** An event and who it is about. */
    record Drawn(String type, ObjectNode envelope, Set<String> numbers) {}

    /** What was written down, and who is in an open case. */
    private static final class Book implements Hints, Inbox {
        private final List<Hint> hints = new ArrayList<>();
        private final List<String> desk = new ArrayList<>();
        private final boolean everybodyIsKnown;

        Book(boolean everybodyIsKnown) {
            this.everybodyIsKnown = everybodyIsKnown;
        }

        @Override
        public void record(List<Hint> more) {
            hints.addAll(more);
        }

        @Override
        public Set<String> inOpenCases(Collection<String> numbers) {
            return everybodyIsKnown ? Set.copyOf(numbers) : Set.of();
        }

        @Override
        public Set<String> withOpenCharges(Collection<String> numbers) {
            return Set.of();
        }

        @Override
        public Stored store(String channel, String sender, byte[] raw) {
            desk.add(new String(raw, UTF_8));
            return new Stored(desk.size(), false, "RECEIVED", null, null);
        }

        @Override
        public void reject(long id, String code, String where) {
            // On the desk.
        }

        @Override
        public boolean admit(long id, String messageId, @Nullable String reference, byte @Nullable [] contentSha256) {
            throw new AssertionError("no event is an outcome");
        }
    }

    @Provide
    Arbitrary<List<Drawn>> batches() {
        return Arbitraries.of(SHAPES)
                .flatMap(EventIntakeTest::event)
                .list()
                .ofMinSize(1)
                .ofMaxSize(10);
    }

    @Property(tries = 1_000)
    void whatIsAboutSomebodyInAnOpenCaseLeadsToItsWork(@ForAll("batches") List<Drawn> batch) {
        Book book = kept(batch, true);

        assertThat(book.desk).isEmpty();
        assertThat(book.hints).hasSameSizeAs(batch);
        for (int i = 0; i < batch.size(); i++) {
            Drawn drawn = batch.get(i);
            List<RequestWork> work = book.hints.get(i).work();
            String expected = WORK.getOrDefault(drawn.type(), "CHARGE");
            if (expected.equals("COUNTED")) {
                assertThat(work).as(drawn.type()).isEmpty();
                continue;
            }
            assertThat(work).as(drawn.type()).isNotEmpty().allMatch(one -> one.step() == STEPS.get(expected));
            if (expected.equals("PERSON") || expected.equals("ALERT") || expected.equals("CHARGE")) {
                assertThat(work).extracting(RequestWork::key).containsExactlyInAnyOrderElementsOf(drawn.numbers());
            }
        }
    }

    @Property(tries = 300)
    void whatIsAboutNobodyThatIsKnownIsStillCounted(@ForAll("batches") List<Drawn> batch) {
        Book book = kept(batch, false);

        assertThat(book.desk).isEmpty();
        assertThat(book.hints).hasSameSizeAs(batch);
        for (int i = 0; i < batch.size(); i++) {
            String type = batch.get(i).type();
            boolean wholeWorld = Set.of("INCIDENT", "PERSON_NUMBER").contains(WORK.getOrDefault(type, ""))
                    || type.equals("adjudication.outcome.referPolice")
                    || type.equals("adjudication.hearingReferral.created");
            if (!wholeWorld) {
                assertThat(book.hints.get(i).work()).as(type).isEmpty();
            }
        }
    }

    @Example
    void anEventThatDoesNotSayWhatItIsAboutGoesToTheDeskAndNotToNothing() {
        for (String message : List.of(
                "{\"eventType\":\"incident.report.amended\",\"additionalInformation\":{\"id\":\" \"}}",
                "{\"eventType\":\"incident.report.created\"}",
                "{\"eventType\":\"prison-offender-events.prisoner.merged\",\"additionalInformation\":{\"nomsNumber\":\"A1234BC\"}}",
                "{\"eventType\":\"adjudication.outcome.referPolice\",\"additionalInformation\":{\"chargeNumber\":\"MDI-1\"}}")) {
            Book book = new Book(true);
            intake(book).keep(List.of(new DomainEventMessage("m", message.getBytes(UTF_8))));
            assertThat(book.desk).as(message).hasSize(1);
            assertThat(book.hints).isEmpty();
        }
    }

    private static Book kept(List<Drawn> batch, boolean everybodyIsKnown) {
        Book book = new Book(everybodyIsKnown);
        intake(book)
                .keep(batch.stream()
                        .map(drawn -> new DomainEventMessage(
                                "m", drawn.envelope().toString().getBytes(UTF_8)))
                        .toList());
        return book;
    }

    private static EventIntake intake(Book book) {
        HubProperties properties =
                new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate("sallyport", HubProperties.class);
        return new EventIntake(book, book, properties);
    }

    private static Arbitrary<Drawn> event(Map<String, String> shape) {
        return Arbitraries.randomValue(random -> {
            ObjectNode message = JSON.createObjectNode();
            message.put("eventType", shape.get("type"));
            message.put("occurredAt", "2026-08-03T11:15:31.123456+01:00");
            message.put("description", "\u2028 text");
            if (shape.get("version").startsWith("\"")) {
                message.put("version", "1.0");
            } else {
                message.put("version", 1);
            }
            Set<String> numbers = new TreeSet<>();
            ObjectNode information = message.putObject("additionalInformation");
            for (String field : shape.get("fields").split(" ")) {
                boolean optional = field.endsWith("?");
                if (field.isEmpty() || optional && random.nextBoolean()) {
                    continue;
                }
                String[] parts = field.replace("?", "").split(":");
                value(information, parts[0], parts[1], random, numbers);
            }
            if (shape.get("person").equals("Y")) {
                String number =
                        numbers.isEmpty() ? number(random) : numbers.iterator().next();
                numbers.add(number);
                ArrayNode identifiers = message.putObject("personReference").putArray("identifiers");
                identifiers.addObject().put("type", "NOMS").put("value", number);
                if (random.nextBoolean()) {
                    identifiers.addObject().put("type", "CRN").put("value", "X123456");
                }
            }
            if (random.nextInt(4) == 0) {
                return new Drawn(shape.get("type"), message, numbers);
            }
            ObjectNode envelope = JSON.createObjectNode();
            envelope.put("Type", "Notification");
            envelope.put("MessageId", new UUID(random.nextLong(), random.nextLong()).toString());
            envelope.put("Message", message.toString());
            envelope.putObject("MessageAttributes")
                    .putObject("eventType")
                    .put("Type", "String")
                    .put("Value", shape.get("type"));
            return new Drawn(shape.get("type"), envelope, numbers);
        });
    }

    private static void value(ObjectNode into, String name, String kind, Random random, Set<String> numbers) {
        switch (kind) {
            case "uuid" -> into.put(name, new UUID(random.nextLong(), random.nextLong()).toString());
            case "digits" -> into.put(name, Integer.toString(random.nextInt(1_000_000)));
            case "number" -> {
                String number = number(random);
                numbers.add(number);
                into.put(name, number);
            }
            case "prison" -> into.put(name, "MDI");
            case "flag" -> into.put(name, random.nextBoolean());
            case "time" -> into.put(name, "2026-08-03T11:15:31");
            case "list" -> into.putArray(name).add("LOCATION").add("STATUS");
            case "code" ->
                into.put(
                        name,
                        List.of("REFER_POLICE", "DPS", "LNG & SKILLS", "MDI-000169")
                                .get(random.nextInt(4)));
            default -> throw new AssertionError("no such kind: " + kind);
        }
    }

    private static String number(Random random) {
        return "A%04dB%c".formatted(random.nextInt(10_000), 'A' + random.nextInt(26));
    }
}
