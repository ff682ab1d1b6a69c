package sallyport.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One matter from first incident to final outcome, as the ledger holds it.
 *
 * @param rowVersion a change made from an older row version is refused and the step runs again
 * @param decideBy until when a person should have decided (CiPRA's 24 hours for the immediate class)
 * @param reviewCode why a person must look, such as {@code withdrawal-proposed}, {@code verdict-changed}, {@code suspects-lost}
 * @param packageVersion the latest numbered package; 0 before the first
 */
public record ReferralCase(
        long id,
        String reference,
        long rowVersion,
        CaseState state,
        String verdict,
        CaseClass caseClass,
        String prison,
        @Nullable String force,
        String family,
        @Nullable String incidentReference,
        @Nullable Instant occurredAt,
        @Nullable String occurredText,
        Instant openedAt,
        @Nullable Instant decideBy,
        @Nullable Instant approvedAt,
        @Nullable String approvedBy,
        @Nullable String approvalReason,
        @Nullable String reviewCode,
        @Nullable String reviewDetail,
        int packageVersion,
        @Nullable String crimeReference,
        @Nullable String officer,
        @Nullable String outcomeType,
        @Nullable Instant outcomeAt) {

    /** One that waits for a decision and of which nothing else is known yet. */
    public static ReferralCase opened(
            long id,
            String reference,
            String verdict,
            CaseClass caseClass,
            String prison,
            @Nullable String force,
            String family,
            @Nullable String incidentReference,
            @Nullable Instant occurredAt,
            @Nullable String occurredText,
            Instant openedAt,
            @Nullable Instant decideBy) {
        return new ReferralCase(
                id,
                reference,
                1,
                CaseState.AWAITING_DECISION,
                verdict,
                caseClass,
                prison,
                force,
                family,
                incidentReference,
                occurredAt,
                occurredText,
                openedAt,
                decideBy,
                null,
                null,
                null,
                null,
                null,
                0,
                null,
                null,
                null,
                null);
    }

    public boolean approved() {
        return approvedAt != null;
    }

    public ReferralCase withState(CaseState newState) {
        Copy copy = new Copy(this);
        copy.state = newState;
        return copy.made();
    }

    public ReferralCase withVerdict(String newVerdict, CaseClass newClass, @Nullable Instant newDecideBy) {
        Copy copy = new Copy(this);
        copy.verdict = newVerdict;
        copy.caseClass = newClass;
        copy.decideBy = newDecideBy;
        return copy.made();
    }

    /** What the latest report says of the incident itself. */
    public ReferralCase withIncident(
            String newPrison,
            @Nullable String newForce,
            String newFamily,
            Instant newOccurredAt,
            String newOccurredText) {
        Copy copy = new Copy(this);
        copy.prison = newPrison;
        copy.force = newForce;
        copy.family = newFamily;
        copy.occurredAt = newOccurredAt;
        copy.occurredText = newOccurredText;
        return copy.made();
    }

    /** Of a case that began without an incident report. */
    public ReferralCase withIncidentReference(String newIncidentReference) {
        Copy copy = new Copy(this);
        copy.incidentReference = newIncidentReference;
        return copy.made();
    }

    public ReferralCase approvedBy(String actor, String reason, Instant at) {
        Copy copy = new Copy(this);
        copy.state = CaseState.IN_PROGRESS;
        copy.approvedAt = at;
        copy.approvedBy = actor;
        copy.approvalReason = reason;
        return copy.made();
    }

    /** Waits for a decision again, as if it had never been approved; what was sent stays numbered. */
    public ReferralCase reopened(Instant newDecideBy) {
        Copy copy = new Copy(this);
        copy.state = CaseState.AWAITING_DECISION;
        copy.decideBy = newDecideBy;
        copy.approvedAt = null;
        copy.approvedBy = null;
        copy.approvalReason = null;
        copy.reviewCode = null;
        copy.reviewDetail = null;
        return copy.made();
    }

    public ReferralCase withReview(@Nullable String code, @Nullable String detail) {
        Copy copy = new Copy(this);
        copy.reviewCode = code;
        copy.reviewDetail = detail;
        return copy.made();
    }

    public ReferralCase withPackageVersion(int version) {
        Copy copy = new Copy(this);
        copy.packageVersion = version;
        return copy.made();
    }

    public ReferralCase withForce(String newForce) {
        Copy copy = new Copy(this);
        copy.force = newForce;
        return copy.made();
    }

    public ReferralCase withPoliceFacts(
            @Nullable String newCrimeReference,
            @Nullable String newOfficer,
            @Nullable String newOutcomeType,
            @Nullable Instant newOutcomeAt) {
        Copy copy = new Copy(this);
        copy.crimeReference = newCrimeReference;
        copy.officer = newOfficer;
        copy.outcomeType = newOutcomeType;
        copy.outcomeAt = newOutcomeAt;
        return copy.made();
    }

    /** Everything that can change, taken from a case and made into the next one. */
    private static final class Copy {

        private final ReferralCase from;
        private CaseState state;
        private String verdict;
        private CaseClass caseClass;
        private String prison;
        private @Nullable String force;
        private String family;
        private @Nullable String incidentReference;
        private @Nullable Instant occurredAt;
        private @Nullable String occurredText;
        private @Nullable Instant decideBy;
        private @Nullable Instant approvedAt;
        private @Nullable String approvedBy;
        private @Nullable String approvalReason;
        private @Nullable String reviewCode;
        private @Nullable String reviewDetail;
        private int packageVersion;
        private @Nullable String crimeReference;
        private @Nullable String officer;
        private @Nullable String outcomeType;
        private @Nullable Instant outcomeAt;

        Copy(ReferralCase from) {
            this.from = from;
            state = from.state;
            verdict = from.verdict;
            caseClass = from.caseClass;
            prison = from.prison;
            force = from.force;
            family = from.family;
            incidentReference = from.incidentReference;
            occurredAt = from.occurredAt;
            occurredText = from.occurredText;
            decideBy = from.decideBy;
            approvedAt = from.approvedAt;
            approvedBy = from.approvedBy;
            approvalReason = from.approvalReason;
            reviewCode = from.reviewCode;
            reviewDetail = from.reviewDetail;
            packageVersion = from.packageVersion;
            crimeReference = from.crimeReference;
            officer = from.officer;
            outcomeType = from.outcomeType;
            outcomeAt = from.outcomeAt;
        }

        ReferralCase made() {
            return new ReferralCase(
                    from.id,
                    from.reference,
                    from.rowVersion,
                    state,
                    verdict,
                    caseClass,
                    prison,
                    force,
                    family,
                    incidentReference,
                    occurredAt,
                    occurredText,
                    from.openedAt,
                    decideBy,
                    approvedAt,
                    approvedBy,
                    approvalReason,
                    reviewCode,
                    reviewDetail,
                    packageVersion,
                    crimeReference,
                    officer,
                    outcomeType,
                    outcomeAt);
        }
    }
}
