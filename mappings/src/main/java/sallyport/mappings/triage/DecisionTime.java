package sallyport.mappings.triage;

import java.time.Instant;
import sallyport.mappings.incident.IncidentReport;

/**
 * From when the time for a decision runs. The police are to be called within 24 hours of a serious incident (CiPRA section 3), however
 * late the hub learns of it; the text does not say what the 24 hours count from, and we take what staff knew.
 */
public final class DecisionTime {

    private DecisionTime() {}

    /**
     * @param judgedBefore the report had been judged before: what makes it immediate is news of when it was last changed
     * @return for the immediate class when the prison reported or changed it, else now; never later than now
     */
    public static Instant startsAt(IncidentReport report, boolean immediate, boolean judgedBefore, Instant now) {
        if (!immediate) {
            return now;
        }
        Instant known = (judgedBefore ? report.modifiedAt() : report.reportedAt()).instant();
        return known.isBefore(now) ? known : now;
    }
}
