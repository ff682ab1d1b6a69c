package sallyport.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import sallyport.simulators.journal.Json;
import sallyport.simulators.world.DomainEvent;
import sallyport.simulators.world.IncidentRecord;
import sallyport.simulators.world.Oddity;
import sallyport.simulators.world.PrisonLife;

/**
 * Any number of distinct incident reports, each told by its number alone: even ones meet a mandatory criterion and wait for a
 * person, odd ones are not referable. Only id and reference differ between reports of one kind and prison.
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
    private static final int FIRST_REFERENCE = 50_000_000;

    /** A report in three parts: its id goes between the first two, its reference between the last two. */
    private record Template(byte[] start, byte[] middle, byte[] end) {

        static Template of(IncidentRecord incident) {
            ObjectNode report = incident.report();
            if (report == null) {
                throw new IllegalStateException("an ordered incident has a report");
            }
            String text = new String(Json.bytes(report), UTF_8);
            int id = text.indexOf(incident.id());
            int afterId = id + incident.id().length();
            int reference = text.indexOf(incident.reference(), afterId);
            int afterReference = reference + incident.reference().length();
            return new Template(
                    text.substring(0, id).getBytes(UTF_8),
                    text.substring(afterId, reference).getBytes(UTF_8),
                    text.substring(afterReference).getBytes(UTF_8));
        }

        byte[] with(String id, String reference) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(size() + 50);
            bytes.writeBytes(start);
            bytes.writeBytes(id.getBytes(UTF_8));
            bytes.writeBytes(middle);
            bytes.writeBytes(reference.getBytes(UTF_8));
            bytes.writeBytes(end);
            return bytes.toByteArray();
        }

        int size() {
            return start.length + middle.length + end.length;
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
        REFERABLE.forEach(scenario -> referred.add(written(life, scenario, REFERRING_PRISON)));
    }

    private static Template written(PrisonLife life, String scenario, String prison) {
        return Template.of(life.order(scenario, Oddity.LOST_EVENTS, prison, "AWAITING_REVIEW"));
    }

    static String id(int number) {
        return new UUID(ID_HIGH, ID_LOW + number).toString();
    }

    byte[] report(String id) {
        int number = (int) (UUID.fromString(id).getLeastSignificantBits() - ID_LOW);
        List<Template> from = number < REFERRED_AT_ONCE ? templates : referred;
        return from.get(number % from.size()).with(id, reference(number));
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

    private static String reference(int number) {
        return Integer.toString(FIRST_REFERENCE + number);
    }

    String sizes() {
        var sizes = templates.stream().mapToInt(Template::size).summaryStatistics();
        return "%.1f to %.1f kB, %.1f kB on average, half of them referable"
                .formatted(sizes.getMin() / 1e3, sizes.getMax() / 1e3, sizes.getAverage() / 1e3);
    }
}
