package sallyport.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sallyport.simulators.journal.Json;
import sallyport.simulators.world.DomainEvent;
import sallyport.simulators.world.IncidentRecord;
import sallyport.simulators.world.Oddity;
import sallyport.simulators.world.PrisonLife;

/**
 * Any number of distinct incident reports, each told by its number alone: even ones meet a mandatory criterion and wait for a
 * person, odd ones are not referable. Reports of one kind and prison differ in id,
 * reference and prisoners: people are rarely in two incidents of one minute.
 */
final class Reports {

    private static final List<String> REFERABLE =
            List.of("staff-assault-injury", "prisoner-assault-stabbing", "phone-find", "hostage");
    private static final List<String> NOT_REFERABLE =
            List.of("fight-no-injury", "tobacco-find", "incident-at-height", "self-harm");
    /** From this number on reports come from a prison whose policy refers mandatory cases without a person. */
    static final int REFERRED_AT_ONCE = 20_000_000;

    static final String REFERRING_PRISON = "ACI";
    private static final List<String> PRISONS =
            List.of("AGI", "ASI", "BAI", "BCI", "BFI", "BLI", "BMI", "BNI", "BRI", "CDI", "CFI");

    private static final long ID_HIGH = 0x0196_0000_0000_7000L;
    private static final long ID_LOW = 0x8000_0000_0000_0000L;
    /** No report of these kinds names more. */
    private static final int MOST_PRISONERS = 8;

    private static final int REFERRED = 200;
    private static final int FIRST_REFERENCE = 50_000_000;

    /** A report in pieces, with what fills each gap between them: its id, its reference, or the nth of its prisoners. */
    private record Template(List<byte[]> pieces, List<Integer> gaps) {

        private static final int ID = -1;
        private static final int REFERENCE = -2;

        /** @param strangers whether every report made of it gets prisoners of its own, whom no other system knows */
        static Template of(IncidentRecord incident, boolean strangers) {
            ObjectNode report = incident.report();
            if (report == null) {
                throw new IllegalStateException("an ordered incident has a report");
            }
            Map<String, Integer> names = new LinkedHashMap<>();
            names.put(incident.id(), ID);
            names.put(incident.reference(), REFERENCE);
            if (strangers) {
                for (JsonNode person : report.path("prisonersInvolved")) {
                    names.putIfAbsent(person.path("prisonerNumber").asText(), names.size() - 2);
                }
            }
            List<byte[]> pieces = new ArrayList<>();
            List<Integer> gaps = new ArrayList<>();
            String text = new String(Json.bytes(report), UTF_8);
            Matcher found = Pattern.compile(String.join("|", names.keySet())).matcher(text);
            int from = 0;
            while (found.find()) {
                pieces.add(text.substring(from, found.start()).getBytes(UTF_8));
                gaps.add(names.get(found.group()));
                from = found.end();
            }
            pieces.add(text.substring(from).getBytes(UTF_8));
            return new Template(pieces, gaps);
        }

        byte[] of(int number) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(size() + 50 * gaps.size());
            for (int i = 0; i < gaps.size(); i++) {
                bytes.writeBytes(pieces.get(i));
                String filling =
                        switch (gaps.get(i)) {
                            case ID -> id(number);
                            case REFERENCE -> reference(number);
                            default -> prisoner(number * MOST_PRISONERS + gaps.get(i) % MOST_PRISONERS);
                        };
                bytes.writeBytes(filling.getBytes(UTF_8));
            }
            bytes.writeBytes(pieces.get(gaps.size()));
            return bytes.toByteArray();
        }

        int size() {
            return pieces.stream().mapToInt(piece -> piece.length).sum();
        }
    }

    private final List<Template> templates = new ArrayList<>();
    private final List<Template> referred = new ArrayList<>();

    /** Has the simulated prisons write one report of each kind in each prison, unheard by the queue. */
    Reports(PrisonLife life) {
        for (String prison : PRISONS) {
            for (int i = 0; i < REFERABLE.size(); i++) {
                templates.add(written(life, REFERABLE.get(i), prison));
                templates.add(written(life, NOT_REFERABLE.get(i), prison));
            }
        }
        // Their packages draw on what other systems know of the prisoners: real ones, and so many that few are in many
        // cases.
        for (int i = 0; i < REFERRED; i++) {
            referred.add(Template.of(order(life, REFERABLE.get(i % REFERABLE.size()), REFERRING_PRISON), false));
        }
    }

    private static Template written(PrisonLife life, String scenario, String prison) {
        return Template.of(order(life, scenario, prison), true);
    }

    private static IncidentRecord order(PrisonLife life, String scenario, String prison) {
        return life.order(scenario, Oddity.LOST_EVENTS, prison, "AWAITING_REVIEW");
    }

    static String id(int number) {
        return new UUID(ID_HIGH, ID_LOW + number).toString();
    }

    byte[] report(String id) {
        int number = (int) (UUID.fromString(id).getLeastSignificantBits() - ID_LOW);
        List<Template> from = number < REFERRED_AT_ONCE ? templates : referred;
        return from.get(number % from.size()).of(number);
    }

    /** The event that says a report was amended, in the words of the incident service. */
    static DomainEvent event(int number) {
        ObjectNode message = Json.object().put("eventType", "incident.report.amended");
        message.putObject("additionalInformation")
                .put("id", id(number))
                .put("reportReference", reference(number))
                .put("source", "DPS")
                .put("whatChanged", "STATUS");
        message.put("version", 1)
                .put(
                        "occurredAt",
                        OffsetDateTime.ofInstant(Instant.now(), ZoneOffset.UTC).toString())
                .put("description", id(number) + " An incident report has been amended");
        return new DomainEvent(number, UUID.randomUUID().toString(), message, 1, Duration.ZERO);
    }

    /** A number of the prisons' form, another for every person. */
    private static String prisoner(int person) {
        int letters = person / 10_000;
        return "%c%04d%c%c"
                .formatted(
                        'A' + letters / (26 * 26) % 26, person % 10_000, 'A' + letters / 26 % 26, 'A' + letters % 26);
    }

    private static String reference(int number) {
        return Integer.toString(FIRST_REFERENCE + number);
    }

    String sizes() {
        var sizes = templates.stream().mapToInt(Template::size).summaryStatistics();
        return "%.1f to %.1f kB, %.1f kB on average, half of them referable"
                .formatted(sizes.getMin() / 1e3, sizes.getMax() / 1e3, sizes.getAverage() / 1e3);
    }
}
