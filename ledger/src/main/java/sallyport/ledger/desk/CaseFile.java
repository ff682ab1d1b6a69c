package sallyport.ledger.desk;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sallyport.ledger.CasePerson;
import sallyport.ledger.CaseState;
import sallyport.ledger.PackageKind;
import sallyport.ledger.Rung;
import sallyport.mappings.triage.Signal;

/** Everything the ledger holds of one case that a person may look at; never a body. Lists are oldest first, at most 500 of each. */
public record CaseFile(
        CaseRow row,
        @Nullable String occurredText,
        @Nullable String approvedBy,
        @Nullable String approvalReason,
        @Nullable String reviewDetail,
        List<CasePerson> people,
        List<Source> sources,
        List<Decision> decisions,
        List<PackageVersion> packages,
        List<Promised> promises,
        List<Attempt> attempts,
        List<Receipt> receipts,
        List<LadderRung> ladder,
        List<Outcome> outcomes,
        List<Parked> parked,
        List<Command> commands,
        List<EvidenceCount> evidence,
        List<Earlier> series,
        List<Signal> signals,
        List<LegalHolds.Hold> holds,
        @Nullable Erased erased) {

    /** When content went, and under which policy. */
    public record Erased(Instant at, String policy) {}

    /** One version of a linked source record. */
    public record Source(
            String system,
            String recordId,
            int version,
            boolean latest,
            String sha256,
            @Nullable String modifiedText,
            boolean modifiedAmbiguous,
            Instant fetchedAt,
            @Nullable Instant goneAt,
            @Nullable Erased erased) {}

    /** @param explanation JSON with codes and rule ids */
    public record Decision(
            String kind,
            @Nullable String verdict,
            @Nullable String ruleVersion,
            @Nullable String criteria,
            String explanation,
            String actor,
            @Nullable String reason,
            Instant at) {}

    /**
     * @param readiness JSON: the checklist
     * @param documents how many it names
     * @param documentBytes how long they are together
     */
    public record PackageVersion(
            int version,
            PackageKind kind,
            String sha256,
            String schemaVersion,
            String mappingVersion,
            String readiness,
            Instant builtAt,
            int documents,
            long documentBytes,
            @Nullable Erased erased) {}

    public record Promised(
            String lane,
            int seq,
            String kind,
            String messageId,
            @Nullable Integer packageVersion,
            String state,
            List<String> channels,
            int attempts,
            Instant promisedAt,
            @Nullable Instant doneAt) {}

    public record Attempt(
            String lane,
            String kind,
            @Nullable Integer packageVersion,
            int attempt,
            String channel,
            Instant startedAt,
            @Nullable Instant finishedAt,
            String outcome,
            boolean mayHaveReached,
            @Nullable String code,
            @Nullable String detail) {}

    public record Receipt(
            String lane,
            int packageVersion,
            Rung rung,
            Instant at,
            String owner,
            @Nullable Instant deadline,
            String evidenceSha256,
            @Nullable String detail) {}

    /**
     * A rung of the receipt ladder, awaited or come.
     *
     * @param state WAITING, WARNED, OVERDUE, MET or STOPPED
     * @param owner who must act, or who gave it
     * @param warnAt when it counts as soon due
     * @param overdueAt by when it should be there
     * @param at when it came, or what implies it
     * @param evidenceSha256 of what proves it
     */
    public record LadderRung(
            String lane,
            int packageVersion,
            Rung rung,
            String state,
            String owner,
            @Nullable Instant warnAt,
            @Nullable Instant overdueAt,
            @Nullable Instant at,
            @Nullable String evidenceSha256,
            @Nullable String detail) {}

    public record Outcome(
            String force,
            String messageId,
            String type,
            @Nullable String code,
            Instant at,
            @Nullable String crimeReference,
            @Nullable String officer,
            @Nullable String reason,
            Instant appliedAt) {}

    public record Command(
            long id,
            String kind,
            @Nullable String argument,
            String actor,
            String reason,
            Instant askedAt,
            @Nullable Instant doneAt,
            @Nullable String result) {}

    /**
     * An earlier case within the scope that makes a series with this one.
     *
     * @param kind SAME_SUSPECT or SAME_PLACE
     * @param subject the suspect's number; null for a place
     */
    public record Earlier(
            String kind,
            @Nullable String subject,
            String reference,
            String prison,
            @Nullable String force,
            CaseState state,
            @Nullable Instant occurredAt) {}

    /** How often the evidence log names this case, by kind. */
    public record EvidenceCount(String kind, long count, Instant lastAt, String lastActor) {}
}
