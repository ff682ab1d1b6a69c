package sallyport.simulators.prison;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import sallyport.simulators.journal.Agenda;
import sallyport.simulators.journal.Json;
import sallyport.simulators.world.Canary;
import sallyport.simulators.world.IncidentRecord;
import sallyport.simulators.world.World;

/** Whoever makes the extract of the use of force service: drops a file of reports in the hub's directory now and then. */
public final class UseOfForceOffice implements AutoCloseable {

    private static final Duration LOOK = Duration.ofSeconds(15);
    /** Force is used in one incident of so many. */
    private static final int ONE_IN = 4;

    private static final int MOST_IN_A_FILE = 50;

    /** What an incident of a type is given as the reason. */
    private static final Map<String, String> REASONS = Map.of(
            "ASSAULT", "ASSAULT_ON_ANOTHER_PRISONER",
            "DISORDER", "CONCERTED_INDISCIPLINE",
            "SELF_HARM", "SELF_HARM",
            "FIRE", "TO_PREVENT_DAMAGE_TO_PROPERTY",
            "BARRICADE", "REFUSAL_TO_LOCATE_TO_CELL");

    private final Path directory;
    private final World world;
    private final Agenda agenda;
    private final AtomicInteger files = new AtomicInteger();
    private int last;

    public UseOfForceOffice(Path directory, World world, Clock clock) throws IOException {
        this.directory = Files.createDirectories(directory).toAbsolutePath();
        this.world = world;
        this.agenda = new Agenda("use-of-force-office", 1, clock);
        this.last = world.lastIndex();
    }

    /** From now on an extract comes by itself. */
    public void makeExtracts() {
        agenda.after(LOOK, this::look);
    }

    /** Where files are dropped. */
    public Path directory() {
        return directory;
    }

    private void look() {
        List<ObjectNode> reports = new ArrayList<>();
        int upTo = last;
        for (IncidentRecord incident : world.incidents()) {
            JsonNode report = incident.report();
            if (incident.index() > last && report != null) {
                upTo = Math.max(upTo, incident.index());
                boolean someone = !report.path("prisonersInvolved").isEmpty();
                if (incident.index() % ONE_IN == 0 && someone && reports.size() < MOST_IN_A_FILE) {
                    reports.add(odd(incident, report(incident)));
                }
            }
        }
        last = upTo;
        if (!reports.isEmpty()) {
            int file = drop(reports);
            if (file % 20 == 7) {
                drop(
                        "rubbish-" + file + ".json",
                        "{\"id\": 1, \"reporter_name\": \"Ren\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        agenda.after(LOOK, this::look);
    }

    /** Now and then a report is still being written, was deleted, or is of another prison. */
    private static ObjectNode odd(IncidentRecord incident, ObjectNode report) {
        return switch (incident.index() / ONE_IN % 12) {
            case 3 -> report.put("status", "IN_PROGRESS");
            case 5 -> report.put("deleted", true);
            case 7 -> report.put("agency_id", incident.prison().equals("LEI") ? "MDI" : "LEI");
            case 9 -> report.put("status", "SUBMITTED");
            default -> report;
        };
    }

    /** What the service would have of the use of force in this incident, against the first prisoner in it. */
    public static ObjectNode report(IncidentRecord incident) {
        JsonNode told = incident.report();
        if (told == null || told.path("prisonersInvolved").isEmpty()) {
            throw new IllegalArgumentException("force is used against somebody");
        }
        int number = incident.index();
        String at = told.path("incidentDateAndTime").asText();
        String officer = Canary.of('s', 7_000L + number) + " Officer";
        ObjectNode report = Json.object()
                .put("id", 40_000 + number)
                .put("agency_id", incident.prison())
                .put(
                        "offender_no",
                        told.at("/prisonersInvolved/0/prisonerNumber").asText())
                .put("booking_id", 1_000_000 + number)
                .put("user_id", "UOF" + number)
                .put("reporter_name", officer)
                .put("incident_date", later(at, 3))
                .put("submitted_date", later(at, 60))
                .put("status", "COMPLETE");
        report.putNull("deleted");
        ObjectNode form = report.putObject("form_response");
        form.putObject("incidentDetails")
                .put("plannedUseOfForce", number % 3 == 0)
                .put("authorisedBy", Canary.of('s', 8_000L + number) + " Manager");
        form.putArray("involvedStaff")
                .addObject()
                .put("name", officer)
                .put("email", Canary.of('s', 7_000L + number) + "@prisons.example")
                .put("staffId", number)
                .put("username", "UOF" + number)
                .put("verified", true);
        ObjectNode reasons = form.putObject("reasonsForUseOfForce");
        String type = told.path("type").asText().replaceAll("_\\d+$", "");
        reasons.putArray("reasons").add(REASONS.getOrDefault(type, "VERBAL_THREAT"));
        ObjectNode details = form.putObject("useOfForceDetails")
                .put("bodyWornCamera", "YES")
                .put("pavaDrawnAgainstPrisoner", false)
                .put("batonDrawnAgainstPrisoner", false)
                .put("handcuffsApplied", true)
                .put("weaponsObserved", "NO");
        details.putArray("bodyWornCameraNumbers").addObject().put("cameraNum", "BWC-" + number);
        ObjectNode evidence = form.putObject("evidence")
                .put("baggedEvidence", true)
                .put("photographsTaken", number % 2 == 0)
                .put("cctvRecording", "NOT_KNOWN");
        evidence.putArray("evidenceTagAndDescription")
                .addObject()
                .put("evidenceTagReference", "M%07d".formatted(number))
                .put("description", "What was in the hand of the prisoner");
        form.putObject("relocationAndInjuries").put("prisonerInjuries", false).put("staffMedicalAttention", false);
        ArrayNode statements = report.putArray("statements");
        ObjectNode statement = statements
                .addObject()
                .put("id", 90_000 + number)
                .put("report_id", 40_000 + number)
                .put("name", officer)
                .put("email", Canary.of('s', 7_000L + number) + "@prisons.example")
                .put("statement", "I took hold of the arm. " + Canary.of('t', 9_000L + number))
                .put("statement_status", "SUBMITTED")
                .put("submitted_date", later(at, 120));
        statement
                .putArray("statement_amendments")
                .addObject()
                .put("additional_comment", "The left arm.")
                .put("date_submitted", later(at, 180));
        return report;
    }

    private static String later(String at, int minutes) {
        return LocalDateTime.parse(at).plusMinutes(minutes).withNano(0).toString();
    }

    /** Drops one file with a report on each line; returns which it is. */
    public int drop(List<ObjectNode> reports) {
        var lines = new ByteArrayOutputStream();
        reports.forEach(report -> {
            lines.writeBytes(Json.bytes(report));
            lines.write('\n');
        });
        int file = files.incrementAndGet();
        drop("extract-" + file + ".jsonl", lines.toByteArray());
        return file;
    }

    /** Drops a file as whoever is careful does: under another name until it is whole. */
    public void drop(String name, byte[] bytes) {
        try {
            Path unfinished = directory.resolve(name + ".part");
            Files.write(unfinished, bytes);
            Files.move(unfinished, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many files lie there, in {@code done}, or in {@code rejected} with the notes beside them. */
    public int count(String folder) {
        Path place = folder.isEmpty() ? directory : directory.resolve(folder);
        int count = 0;
        if (Files.isDirectory(place)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(place, Files::isRegularFile)) {
                for (Path ignored : entries) {
                    count++;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return count;
    }

    @Override
    public void close() {
        agenda.close();
    }
}
