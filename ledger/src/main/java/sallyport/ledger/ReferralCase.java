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

    public boolean approved() {
        return approvedAt != null;
    }

    public ReferralCase withState(CaseState newState) {
        return new ReferralCase(
                id,
                reference,
                rowVersion,
                newState,
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

    public ReferralCase withVerdict(String newVerdict, CaseClass newClass, @Nullable Instant newDecideBy) {
        return new ReferralCase(
                id,
                reference,
                rowVersion,
                state,
                newVerdict,
                newClass,
                prison,
                force,
                family,
                incidentReference,
                occurredAt,
                occurredText,
                openedAt,
                newDecideBy,
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

    /** What the latest report says of the incident itself. */
    public ReferralCase withIncident(
            String newPrison,
            @Nullable String newForce,
            String newFamily,
            Instant newOccurredAt,
            String newOccurredText) {
        return new ReferralCase(
                id,
                reference,
                rowVersion,
                state,
                verdict,
                caseClass,
                newPrison,
                newForce,
                newFamily,
                incidentReference,
                newOccurredAt,
                newOccurredText,
                openedAt,
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

    public ReferralCase approvedBy(String actor, String reason, Instant at) {
        return new ReferralCase(
                id,
                reference,
                rowVersion,
                CaseState.IN_PROGRESS,
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
                at,
                actor,
                reason,
                reviewCode,
                reviewDetail,
                packageVersion,
                crimeReference,
                officer,
                outcomeType,
                outcomeAt);
    }

    /** Waits for a decision again, as if it had never been approved; what was sent stays numbered. */
    public ReferralCase reopened(Instant newDecideBy) {
        return new ReferralCase(
                id,
                reference,
                rowVersion,
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
                newDecideBy,
                null,
                null,
                null,
                null,
                null,
                packageVersion,
                crimeReference,
                officer,
                outcomeType,
                outcomeAt);
    }

    public ReferralCase withReview(@Nullable String code, @Nullable String detail) {
        return new ReferralCase(
                id,
                reference,
                rowVersion,
                state,
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
                approvedAt,
                approvedBy,
                approvalReason,
                code,
                detail,
                packageVersion,
                crimeReference,
                officer,
                outcomeType,
                outcomeAt);
    }

    public ReferralCase withPackageVersion(int version) {
        return new ReferralCase(
                id,
                reference,
                rowVersion,
                state,
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
                approvedAt,
                approvedBy,
                approvalReason,
                reviewCode,
                reviewDetail,
                version,
                crimeReference,
                officer,
                outcomeType,
                outcomeAt);
    }

    public ReferralCase withForce(String newForce) {
        return new ReferralCase(
                id,
                reference,
                rowVersion,
                state,
                verdict,
                caseClass,
                prison,
                newForce,
                family,
                incidentReference,
                occurredAt,
                occurredText,
                openedAt,
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

    public ReferralCase withPoliceFacts(
            @Nullable String newCrimeReference,
            @Nullable String newOfficer,
            @Nullable String newOutcomeType,
            @Nullable Instant newOutcomeAt) {
        return new ReferralCase(
                id,
                reference,
                rowVersion,
                state,
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
                approvedAt,
                approvedBy,
                approvalReason,
                reviewCode,
                reviewDetail,
                packageVersion,
                newCrimeReference,
                newOfficer,
                newOutcomeType,
                newOutcomeAt);
    }
}
