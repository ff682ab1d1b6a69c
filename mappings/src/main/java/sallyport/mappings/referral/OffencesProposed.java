package sallyport.mappings.referral;

import java.time.Instant;
import java.util.List;
import sallyport.mappings.offence.ChargeLimit;
import sallyport.mappings.offence.Offence;
import sallyport.mappings.offence.Offences;
import sallyport.mappings.referral.ReferralPackage.OffenceStatus;
import sallyport.mappings.referral.ReferralPackage.ProposedOffence;
import sallyport.mappings.triage.Verdict;

/** What a verdict proposes, with all that the offence table says of it, in the order of the verdict. */
final class OffencesProposed {

    private OffencesProposed() {}

    /**
     * @param committed when the incident happened
     * @throws sallyport.mappings.Rejected {@code unknown-offence} at {@code /proposedOffences}
     */
    static List<ProposedOffence> by(Verdict verdict, Instant committed) {
        return verdict.offences().stream()
                .map(proposed -> {
                    Offence offence = Offences.get(proposed.code(), "/proposedOffences");
                    return new ProposedOffence(
                            offence.code(),
                            offence.title(),
                            offence.category().name(),
                            offence.homeOfficeClass(),
                            OffenceStatus.PROPOSED,
                            offence.notifiable().name(),
                            offence.pncRecordable(),
                            ChargeLimit.of(offence, committed).orElse(null),
                            proposed.ruleId());
                })
                .toList();
    }
}
