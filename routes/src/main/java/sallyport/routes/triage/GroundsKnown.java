package sallyport.routes.triage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import sallyport.ledger.StoredFact;
import sallyport.ledger.TriageWork;
import sallyport.mappings.Rejected;
import sallyport.mappings.incident.IncidentReport;
import sallyport.mappings.referral.Fact;
import sallyport.mappings.referral.GroundsSaid;
import sallyport.mappings.referral.ReadinessItem;
import sallyport.mappings.triage.Verdict;

/** Weighs what people answered about a case that no report asks. */
final class GroundsKnown {

    private GroundsKnown() {}

    static Verdict weigh(Verdict verdict, IncidentReport report, TriageWork work) {
        List<Fact> facts = new ArrayList<>();
        for (StoredFact stored : work.facts()) {
            // What was erased is gone with its case; the assembly refuses it, and what was decided stands.
            if (!stored.erased()) {
                facts.addAll(read(stored));
            }
        }
        return facts.isEmpty() ? verdict : GroundsSaid.weigh(verdict, report, facts);
    }

    /** An item that is none here, or an answer that cannot be read, holds up no report. */
    private static List<Fact> read(StoredFact stored) {
        try {
            return Arrays.stream(ReadinessItem.values())
                    .filter(GroundsSaid.ITEMS::contains)
                    .filter(item -> item.code().equals(stored.item()))
                    .map(item -> Fact.of(item, stored.content()))
                    .toList();
        } catch (Rejected unreadable) {
            return List.of();
        }
    }
}
