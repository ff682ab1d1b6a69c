package sallyport.mappings.referral;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.adjudication.Adjudication;
import sallyport.mappings.adjudication.ChargeMatch;
import sallyport.mappings.incident.IncidentReport;
import sallyport.mappings.match.Policy;
import sallyport.mappings.referral.ReferralPackage.AdjudicationEntry;
import sallyport.mappings.referral.ReferralPackage.ChargeWitness;
import sallyport.mappings.referral.ReferralPackage.Concerns;
import sallyport.mappings.referral.ReferralPackage.Damage;
import sallyport.mappings.referral.ReferralPackage.Hearing;
import sallyport.mappings.referral.ReferralPackage.When;
import sallyport.mappings.time.LondonTime;

/** What a package takes from the charges against its suspects, and which of them are of this incident and which are history. */
final class ChargeHistory {

    /** As the matching of charges has it unless it is set otherwise. */
    private static final Policy POLICY = new Policy(75, 15, 50);

    private final IncidentReport report;
    private final Set<String> linked;

    ChargeHistory(IncidentReport report, Set<String> linked) {
        this.report = report;
        this.linked = linked;
    }

    AdjudicationEntry entry(Adjudication charge) {
        Concerns concerns = concerns(charge);
        return new AdjudicationEntry(
                charge.chargeNumber(),
                charge.prisonerNumber(),
                charge.status().name(),
                charge.offenceDetails().paragraphNumber(),
                charge.offenceDetails().paragraphDescription(),
                when(charge.incidentDetails().dateTimeOfIncident()),
                charge.outcomes().stream()
                        .flatMap(step -> Stream.of(step.outcome(), step.referralOutcome())
                                .flatMap(Stream::ofNullable))
                        .map(outcome -> outcome.code().name())
                        .toList(),
                charge.evidence().stream()
                        .map(evidence ->
                                words(evidence.code().name(), words(evidence.details(), evidence.identifier())))
                        .toList(),
                concerns,
                charge.hearings().stream().map(ChargeHistory::hearing).toList(),
                concerns == Concerns.HISTORY
                        ? List.of()
                        : charge.witnesses().stream()
                                .map(witness -> new ChargeWitness(
                                        witness.code().name(),
                                        witness.firstName(),
                                        witness.lastName(),
                                        witness.comment()))
                                .toList(),
                charge.damages().stream()
                        .map(damage -> new Damage(
                                damage.code().name(),
                                concerns == Concerns.HISTORY ? null : damage.details(),
                                pounds(damage.repairCost())))
                        .toList());
    }

    private Concerns concerns(Adjudication charge) {
        if (linked.contains(charge.chargeNumber()) || charge.chargeNumber().equals(report.id())) {
            return Concerns.THIS_INCIDENT;
        }
        return switch (ChargeMatch.choice(
                        charge,
                        ChargeMatch.Matter.of(report.id(), report, charge.prisonerNumber()).stream()
                                .toList(),
                        POLICY)
                .verdict()) {
            case LINK -> Concerns.THIS_INCIDENT;
            case ASK -> Concerns.MAY_BE_THIS_INCIDENT;
            default -> Concerns.HISTORY;
        };
    }

    private static Hearing hearing(Adjudication.Hearing hearing) {
        return new Hearing(
                when(hearing.dateTimeOfHearing()),
                hearing.oicHearingType().name(),
                hearing.outcome() == null ? null : hearing.outcome().code().name());
    }

    /** The same amount is the same text, however it was written. */
    static @Nullable String pounds(@Nullable BigDecimal amount) {
        return amount == null ? null : amount.stripTrailingZeros().toPlainString();
    }

    private static When when(LondonTime time) {
        return new When(time.text(), time.instant(), time.ambiguous());
    }

    private static String words(String text, @Nullable String more) {
        return more == null || more.isBlank() ? text : text + " (" + more.strip() + ")";
    }
}
