package sallyport.simulators.prison;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import sallyport.simulators.journal.Agenda;
import sallyport.simulators.world.IncidentRecord;
import sallyport.simulators.world.World;

/**
 * The intelligence units of prisons: drop lists of notices that they hold something about an incident or a prisoner, written under another
 * name first. Now and then one is careless: a column with what it is about, a code that is none, or Unicode as a spreadsheet saves it.
 */
public final class IntelligenceUnit implements AutoCloseable {

    /** A list begins so. */
    public static final String HEADER =
            "reference,action,issued,prison,incident,prisoner,from,until,handling,contact,expires\r\n";

    private static final Duration LOOK = Duration.ofSeconds(15);
    /** One incident in so many is one that somebody knows more of. */
    private static final int ONE_IN = 6;

    private static final int MOST_IN_A_LIST = 20;

    private final Path directory;
    private final World world;
    private final Clock clock;
    private final Agenda agenda;
    private int last;
    private int lists;

    /** Makes the directory. */
    public IntelligenceUnit(Path directory, World world, Clock clock) {
        this.world = world;
        this.clock = clock;
        this.agenda = new Agenda("intelligence-unit", 1, clock);
        this.last = world.lastIndex();
        try {
            this.directory = Files.createDirectories(directory).toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path directory() {
        return directory;
    }

    /** From now on lists are dropped by themselves. */
    public void work() {
        agenda.after(LOOK, this::look);
    }

    private void look() {
        List<IncidentRecord> known = new ArrayList<>();
        int upTo = last;
        for (IncidentRecord incident : world.incidents()) {
            if (incident.index() > last && incident.report() != null) {
                upTo = Math.max(upTo, incident.index());
                if (incident.index() % ONE_IN == 0 && known.size() < MOST_IN_A_LIST) {
                    known.add(incident);
                }
            }
        }
        last = upTo;
        if (!known.isEmpty()) {
            tell(known);
        }
        agenda.after(LOOK, this::look);
    }

    private void tell(List<IncidentRecord> incidents) {
        StringBuilder list = new StringBuilder(HEADER);
        for (IncidentRecord incident : incidents) {
            int which = incident.index() / ONE_IN % 4;
            list.append(which == 1 ? ofPrisoner(incident, "P") : ofIncident(incident, which == 2 ? "C" : "P"));
            if (which == 3) {
                list.append(withdrawal(incident));
            }
        }
        switch (lists++ % 6) {
            case 2 ->
                drop(
                        "notices.csv",
                        (HEADER.strip() + ",what\r\n"
                                        + ofIncident(incidents.get(0), "P").strip()
                                        + ",Intelligence says where it is hidden\r\n")
                                .getBytes(UTF_8));
            case 4 -> list.append(ofIncident(incidents.get(0), "Z9"));
            default -> {}
        }
        drop("notices.csv", list.toString().getBytes(lists % 3 == 0 ? UTF_16 : UTF_8));
    }

    /** That there is something about an incident. */
    public String ofIncident(IncidentRecord incident, String handling) {
        return String.join(
                        ",",
                        reference(incident),
                        "NOTICE",
                        now(),
                        incident.prison(),
                        incident.reference(),
                        "",
                        "",
                        "",
                        handling,
                        "SIU",
                        expires())
                + "\r\n";
    }

    /** That there is something about a prisoner in it, around its time. */
    public String ofPrisoner(IncidentRecord incident, String handling) {
        JsonNode report = incident.report();
        JsonNode prisoner = report == null ? null : report.at("/prisonersInvolved/0/prisonerNumber");
        if (prisoner == null || prisoner.asText().isEmpty()) {
            return ofIncident(incident, handling);
        }
        LocalDate day =
                LocalDate.parse(report.path("incidentDateAndTime").asText().substring(0, 10));
        return String.join(
                        ",",
                        reference(incident),
                        "NOTICE",
                        now(),
                        incident.prison(),
                        "",
                        prisoner.asText(),
                        day.minusDays(1) + "T00:00",
                        day.plusDays(1) + "T23:59",
                        handling,
                        "RIU",
                        expires())
                + "\r\n";
    }

    /** That it is taken back. */
    public String withdrawal(IncidentRecord incident) {
        return reference(incident) + ",WITHDRAW,"
                + clock.instant().plusSeconds(1).truncatedTo(ChronoUnit.MILLIS) + ",,,,,,,,\r\n";
    }

    public static String reference(IncidentRecord incident) {
        return "INT-2026-" + incident.index();
    }

    /** Drops a file whole. */
    public void drop(String name, byte[] bytes) {
        try {
            Path unfinished = Files.createTempFile(directory, ".", ".tmp");
            Files.write(unfinished, bytes);
            Files.move(
                    unfinished,
                    directory.resolve(clock.millis() + "-" + Integer.toHexString(unfinished.hashCode()) + "-" + name),
                    StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private String expires() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)
                .plusDays(180)
                .toString();
    }

    @Override
    public void close() {
        agenda.close();
    }
}
