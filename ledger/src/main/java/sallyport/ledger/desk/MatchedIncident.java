package sallyport.ledger.desk;

import java.util.List;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.Rejected;
import sallyport.mappings.incident.IncidentReport;

/** What an incident report says that something else may belong to, as far as a person needs it to tell. */
public record MatchedIncident(String reference, String occurred, String type, String title, List<String> prisoners) {

    /** Null when it cannot be read any more. */
    static @Nullable MatchedIncident read(byte[] raw) {
        try {
            IncidentReport report = IncidentReport.read(raw);
            return new MatchedIncident(
                    report.reportReference(),
                    report.incidentDateAndTime().text(),
                    report.type(),
                    report.title(),
                    report.prisonersInvolved().stream()
                            .map(IncidentReport.PrisonerInvolvement::prisonerNumber)
                            .toList());
        } catch (Rejected unreadable) {
            return null;
        }
    }
}
