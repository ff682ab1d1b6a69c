package sallyport.mappings.triage;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.adjudication.Adjudication;
import sallyport.mappings.adjudication.AdjudicationStatus;
import sallyport.mappings.canonical.Sha256;
import sallyport.mappings.casenote.CaseNote;
import sallyport.mappings.incident.IncidentFamilies;
import sallyport.mappings.prisoneralert.LiaisonCodes;
import sallyport.mappings.table.CsvTable;

/**
 * What charges, case notes and alerts say about who is suspected where the report leaves it open, by the signal table. They never
 * refer a case by themselves: at most they send to a person what the report alone would clear. A table that does not fit stops the
 * start and names the row.
 */
public final class Signals {

    private static final String TABLE = "sallyport/triage/signals.csv";
    private static final int HASH_DIGITS = 8;
    private static final ZoneId LONDON = ZoneId.of("Europe/London");

    /** Charges and reports of one matter name the time to within minutes; an hour allows for rounding by hand. */
    private static final Duration SAME_HOUR = Duration.ofHours(1);

    private static final Set<AdjudicationStatus> CAME_TO_NOTHING = EnumSet.of(
            AdjudicationStatus.DISMISSED,
            AdjudicationStatus.NOT_PROCEED,
            AdjudicationStatus.QUASHED,
            AdjudicationStatus.REJECTED);

    private static final List<Row> ROWS = read(CsvTable.rows(TABLE));
    private static final String HASH = Sha256.hex(CsvTable.bytes(TABLE)).substring(0, HASH_DIGITS);

    private Signals() {}

    enum Source {
        ADJUDICATION("adjudications"),
        CASE_NOTE("case-notes"),
        ALERT("prisoner-alerts");

        private final String system;

        Source(String system) {
            this.system = system;
        }
    }

    record Row(String signal, Source source, String code, Set<String> families, boolean raises, String explanation) {

        String supports() {
            return "SIGNAL-" + signal + "-FOR";
        }

        String speaksAgainst() {
            return "SIGNAL-" + signal + "-AGAINST";
        }

        boolean isAbout(Source asked, Matter matter) {
            return source == asked && families.contains(matter.family());
        }
    }

    /** An alert that stands, by its code. */
    public record Alert(String prisonerNumber, String code) {}

    /** Whether charges say anything about a family at all. */
    public static boolean ofCharges(String family) {
        return ROWS.stream()
                .anyMatch(row ->
                        row.source() == Source.ADJUDICATION && row.families().contains(family));
    }

    /** The system whose records have a signal, by the id of what it says; null where no row says that. */
    public static @Nullable String systemOf(String id) {
        return ROWS.stream()
                .filter(row -> id.equals(row.supports()) || id.equals(row.speaksAgainst()))
                .map(row -> row.source().system)
                .findFirst()
                .orElse(null);
    }

    /** In the order of the people, then of the records; each once. */
    public static List<Signal> of(Matter matter, List<Adjudication> charges, List<CaseNote> notes, List<Alert> alerts) {
        List<Signal> signals = new ArrayList<>();
        for (Row row : ROWS) {
            for (Adjudication charge : charges) {
                if (row.isAbout(Source.ADJUDICATION, matter) && isOf(matter, charge, row.code())) {
                    charge(matter, row, charge).forEach(signals::add);
                }
            }
            for (CaseNote note : notes) {
                if (row.isAbout(Source.CASE_NOTE, matter)
                        && matter.open(note.offenderIdentifier())
                        && isOf(matter, note, row.code())) {
                    signals.add(supports(row, note.offenderIdentifier(), note.caseNoteId()));
                }
            }
            for (Alert alert : alerts) {
                if (row.isAbout(Source.ALERT, matter)
                        && matter.open(alert.prisonerNumber())
                        && row.code().equals(alert.code())) {
                    signals.add(supports(row, alert.prisonerNumber(), alert.code()));
                }
            }
        }
        return signals.stream()
                .distinct()
                .sorted(Comparator.comparing(Signal::prisonerNumber)
                        .thenComparing(Signal::id)
                        .thenComparing(Signal::record))
                .toList();
    }

    /**
     * The verdict with what the signals say as reasons behind the report's own; each once, whoever it is about. Nothing that is
     * referred or is for a person already becomes anything else.
     */
    public static Verdict weigh(Verdict verdict, List<Signal> signals) {
        if (signals.isEmpty()) {
            return verdict;
        }
        List<Reason> reasons = Stream.concat(
                        verdict.reasons().stream(),
                        signals.stream()
                                .map(signal -> new Reason(signal.id(), "", "", "", "", "", signal.explanation()))
                                .distinct())
                .toList();
        boolean raised = verdict.kind() == Verdict.Kind.NOT_REFERABLE
                && signals.stream().anyMatch(signal -> signal.supports() && signal.raises());
        return new Verdict(
                raised ? Verdict.Kind.NEEDS_REVIEW : verdict.kind(),
                verdict.immediate(),
                verdict.prisonDecided(),
                verdict.ruleVersion() + "+" + HASH,
                reasons,
                verdict.criteria(),
                verdict.aggravating(),
                verdict.offences());
    }

    private static Stream<Signal> charge(Matter matter, Row row, Adjudication charge) {
        boolean nothing = CAME_TO_NOTHING.contains(charge.status());
        if (!nothing && matter.open(charge.prisonerNumber())) {
            return Stream.of(supports(row, charge.prisonerNumber(), charge.chargeNumber()));
        }
        if (nothing && matter.suspects(charge.prisonerNumber())) {
            return Stream.of(new Signal(
                    row.speaksAgainst(),
                    charge.prisonerNumber(),
                    false,
                    false,
                    charge.chargeNumber(),
                    "Somebody whom the report suspects has " + row.explanation()
                            + " that came to nothing: this speaks against it"));
        }
        return Stream.empty();
    }

    private static Signal supports(Row row, String number, String record) {
        return new Signal(
                row.supports(),
                number,
                true,
                row.raises(),
                record,
                "Somebody whose part the report leaves open has " + row.explanation()
                        + ": this supports that they are suspected");
    }

    private static boolean isOf(Matter matter, Adjudication charge, String paragraph) {
        return !charge.isYouthOffender()
                && charge.offenceDetails().paragraphNumber().equals(paragraph)
                && charge.originatingAgencyId().equals(matter.prison())
                && Duration.between(
                                        matter.occurred(),
                                        charge.incidentDetails()
                                                .dateTimeOfIncident()
                                                .instant())
                                .abs()
                                .compareTo(SAME_HOUR)
                        <= 0;
    }

    private static boolean isOf(Matter matter, CaseNote note, String code) {
        LocalDate day = day(matter.occurred());
        LocalDate noted = day(note.occurrenceDateTime().instant());
        boolean then = noted.equals(day) || noted.equals(day.plusDays(1));
        return then
                && !note.systemGenerated()
                && (code.equals(note.type() + "/*") || code.equals(note.type() + "/" + note.subType()));
    }

    private static LocalDate day(Instant instant) {
        return instant.atZone(LONDON).toLocalDate();
    }

    static List<Row> read(List<Map<String, String>> table) {
        List<Row> rows = new ArrayList<>();
        for (Map<String, String> line : table) {
            Row row = read(line);
            if (rows.stream().anyMatch(other -> other.signal().equals(row.signal()))) {
                throw wrong(line, "names a signal that another row has");
            }
            rows.add(row);
        }
        return List.copyOf(rows);
    }

    private static Row read(Map<String, String> line) {
        String code = line.getOrDefault("code", "");
        String raises = line.getOrDefault("raises", "");
        Set<String> families =
                Set.copyOf(List.of(line.getOrDefault("families", "").split("\\|")));
        Source source = Stream.of(Source.values())
                .filter(known -> known.name().equals(line.get("source")))
                .findFirst()
                .orElseThrow(() -> wrong(line, "has a source that nobody reads"));
        if (!line.getOrDefault("signal", "").matches("[A-Z]+(-[A-Z]+)*")
                || code.isBlank()
                || line.getOrDefault("explanation", "").isBlank()
                || !raises.matches("yes|no")) {
            throw wrong(line, "needs a signal in capitals, a code, yes or no and an explanation");
        }
        if (!IncidentFamilies.all().containsAll(families)) {
            throw wrong(line, "names a family that is none");
        }
        if (source == Source.ALERT && (raises.equals("yes") || !LiaisonCodes.isShipped(code))) {
            throw wrong(line, "is of an alert that is not read, or would raise by a standing mark");
        }
        return new Row(line.get("signal"), source, code, families, raises.equals("yes"), line.get("explanation"));
    }

    private static IllegalStateException wrong(Map<String, String> line, String why) {
        return new IllegalStateException("Table " + TABLE + ": row " + line + " " + why);
    }
}
