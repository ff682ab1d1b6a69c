package sallyport.ledger;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An incident report to judge: its latest version, and the case it belongs to, if it has one.
 *
 * @param report null when nothing of the report was ever stored (deleted before it could be fetched)
 * @param lastCriteria criteria codes of the latest triage decision, space separated; a new one makes a supplement urgent
 * @param lastExplanation that decision itself, in the codes it was stored in
 * @param people prisoner numbers of everybody in the case by what was known before, former numbers left out
 * @param charges the latest adjudications of each of them that the ledger holds, while the case is not approved
 * @param alerts codes of the alerts that stand about them, by prisoner number, likewise
 * @param notes case notes that people asked for and chose for the case, likewise
 * @param facts what people answer now of the readiness of the case
 * @param referredCharge whether a charge belongs to the case that is with the police, as far as is known now
 * @param chargeCases of a report without a case: cases of its prison, and the days around, that charges opened for want of a report
 */
public record TriageWork(
        SourceKey key,
        @Nullable SourceVersion report,
        @Nullable ReferralCase referralCase,
        @Nullable String lastCriteria,
        @Nullable String lastExplanation,
        Set<String> people,
        List<SourceVersion> charges,
        Map<String, List<String>> alerts,
        List<StoredNote> notes,
        List<StoredFact> facts,
        boolean referredCharge,
        List<ChargeCase> chargeCases) {

    public TriageWork {
        people = Set.copyOf(people);
        charges = List.copyOf(charges);
        alerts = Map.copyOf(alerts);
        notes = List.copyOf(notes);
        facts = List.copyOf(facts);
        chargeCases = List.copyOf(chargeCases);
    }

    public TriageWork withSignals(
            List<SourceVersion> newCharges, Map<String, List<String>> newAlerts, List<StoredNote> newNotes) {
        return new TriageWork(
                key,
                report,
                referralCase,
                lastCriteria,
                lastExplanation,
                people,
                newCharges,
                newAlerts,
                newNotes,
                facts,
                referredCharge,
                chargeCases);
    }

    public TriageWork withFacts(List<StoredFact> newFacts) {
        return new TriageWork(
                key,
                report,
                referralCase,
                lastCriteria,
                lastExplanation,
                people,
                charges,
                alerts,
                notes,
                newFacts,
                referredCharge,
                chargeCases);
    }

    /** @param charge one of those that belong to the case */
    public record ChargeCase(ReferralCase referralCase, SourceVersion charge) {}
}
