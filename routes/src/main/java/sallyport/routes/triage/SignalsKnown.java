package sallyport.routes.triage;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import sallyport.ledger.SourceVersion;
import sallyport.ledger.StoredNote;
import sallyport.ledger.TriageWork;
import sallyport.mappings.Rejected;
import sallyport.mappings.adjudication.Adjudication;
import sallyport.mappings.adjudication.Charges;
import sallyport.mappings.casenote.CaseNote;
import sallyport.mappings.casenote.SingleNote;
import sallyport.mappings.incident.IncidentReport;
import sallyport.mappings.incident.Suspects;
import sallyport.mappings.triage.Matter;
import sallyport.mappings.triage.Signals;
import sallyport.mappings.triage.Verdict;

/** Weighs what the ledger holds of other records about the people of a case; and says of whom such records are to be read. */
final class SignalsKnown {

    private SignalsKnown() {}

    static Verdict weigh(Verdict verdict, IncidentReport report, TriageWork work) {
        if (work.charges().isEmpty() && work.alerts().isEmpty() && work.notes().isEmpty()) {
            return verdict;
        }
        List<Adjudication> charges = new ArrayList<>();
        for (SourceVersion page : work.charges()) {
            charges.addAll(read(page));
        }
        List<Signals.Alert> alerts = work.alerts().entrySet().stream()
                .flatMap(person -> person.getValue().stream().map(code -> new Signals.Alert(person.getKey(), code)))
                .toList();
        return Signals.weigh(verdict, Signals.of(Matter.of(report), charges, notes(work), alerts));
    }

    /** Those that a person asked for, with a reason: the hub reads nobody's notes to find out whom to suspect. */
    private static List<CaseNote> notes(TriageWork work) {
        List<CaseNote> notes = new ArrayList<>();
        for (StoredNote stored : work.notes()) {
            try {
                notes.add(SingleNote.read(stored.content()).note());
            } catch (Rejected unreadable) {
                // The package will name it.
                continue;
            }
        }
        return notes;
    }

    /** What cannot be read is parked where it was fetched, and holds up no report. */
    private static List<Adjudication> read(SourceVersion page) {
        try {
            return Charges.read(page.raw()).all();
        } catch (Rejected unreadable) {
            return List.of();
        }
    }

    /** Whose charges are read: of suspects, and of those of whom the report leaves open what they did. */
    static List<String> charged(IncidentReport report) {
        List<String> suspects = numbers(Suspects.of(report).suspects());
        return Signals.ofCharges(report.family())
                ? Stream.concat(suspects.stream(), Matter.of(report).open().stream())
                        .toList()
                : suspects;
    }

    /** Whose alerts are read: of suspects, and of those whose role does not say. Of nobody who may be a victim. */
    static List<String> marked(IncidentReport report) {
        Suspects parts = Suspects.of(report);
        return Stream.concat(numbers(parts.suspects()).stream(), numbers(parts.involved()).stream())
                .distinct()
                .toList();
    }

    private static List<String> numbers(List<IncidentReport.PrisonerInvolvement> people) {
        return people.stream()
                .map(IncidentReport.PrisonerInvolvement::prisonerNumber)
                .distinct()
                .toList();
    }
}
