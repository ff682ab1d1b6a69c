package sallyport.console.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import sallyport.console.access.SignedIn;
import sallyport.console.words.Typed;
import sallyport.ledger.EvidenceCheck;
import sallyport.ledger.EvidenceGate;
import sallyport.ledger.Finding;
import sallyport.ledger.Verification;

/** How the evidence log stands, whether it is what it was, and the gate that depends on it, for programs. */
@RestController
@RequestMapping(path = "/api/v1/evidence", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Evidence log")
@NotSignedIn
@RoleForbids
class EvidenceApi {

    private final EvidenceCheck check;
    private final EvidenceGate gate;

    EvidenceApi(EvidenceCheck check, EvidenceGate gate) {
        this.check = check;
        this.gate = gate;
    }

    @Schema(description = "How the evidence log stands, and whether anything may leave")
    record GateView(
            @Schema(description = "False: nothing leaves the hub") boolean open,
            @Schema(description = "Why it is shut") @Nullable String why,
            @Nullable Instant shutSince,
            @Schema(description = "Age in seconds of the oldest entry that is not chained yet") double unchainedSeconds,
            @Schema(description = "Age in seconds of the oldest entry for which no checkpoint vouches")
                    double unprovedSeconds,
            @Schema(description = "Number of the last entry in the chain") long lastEntry,
            @Schema(description = "Up to which entry a checkpoint vouches") long covered,
            @Schema(description = "Number of that checkpoint") long lastCheckpoint,
            @Nullable Instant lastCheckpointAt,
            @Schema(description = "Until when the immediate class leaves all the same") @Nullable Instant overrideUntil,
            @Nullable String overrideBy,
            @Nullable String overrideWhy) {

        static GateView of(EvidenceGate.Standing standing) {
            EvidenceGate.Word word = standing.word();
            return new GateView(
                    standing.open(),
                    standing.why(),
                    standing.shutSince(),
                    standing.unchained().toMillis() / 1000.0,
                    standing.unproved().toMillis() / 1000.0,
                    standing.lastEntry(),
                    standing.covered(),
                    standing.lastCheckpoint(),
                    standing.lastCheckpointAt(),
                    word == null ? null : word.until(),
                    word == null ? null : word.actor(),
                    word == null ? null : word.reason());
        }
    }

    @Schema(description = "What came of checking the evidence log")
    record VerificationView(
            @Schema(description = "INTACT, TAMPERED or UNCHECKED") Verification.State state,
            @Schema(description = "In one sentence") String summary,
            Instant at,
            double seconds,
            @Schema(description = "The first entry that there should be") long from,
            @Schema(description = "Entries found as they were written") long entries,
            @Schema(description = "Up to which entry a checkpoint vouches") long covered,
            @Schema(description = "Checkpoints found as they were written") long checkpoints,
            @Schema(description = "Number of the last checkpoint there should be") long lastCheckpoint,
            @Schema(description = "Entries that are not chained yet") long unchained,
            @Schema(description = "How many things are not as they were written") long found,
            @Schema(description = "The first of these") List<Finding> findings) {

        static VerificationView of(Verification verification) {
            return new VerificationView(
                    verification.state(),
                    verification.summary(),
                    verification.at(),
                    verification.took().toMillis() / 1000.0,
                    verification.from(),
                    verification.entries(),
                    verification.covered(),
                    verification.checkpoints(),
                    verification.lastCheckpoint(),
                    verification.unchained(),
                    verification.found(),
                    verification.findings());
        }
    }

    @Schema(
            description =
                    "Why the immediate class may leave while the log cannot be proved; kept with the name of the user")
    record OverrideReason(
            @Schema(
                            description = "1 to 1,000 characters",
                            requiredMode = Schema.RequiredMode.REQUIRED,
                            maxLength = 1000,
                            example = "Agreed with the duty governor: the 24 hours end at noon")
                    @Nullable
                    String reason) {}

    @Schema(description = "The immediate class may leave")
    record OverrideUntil(Instant until) {}

    @GetMapping
    @Operation(summary = "How the evidence log stands, and whether anything may leave (OPERATOR, ADMIN)")
    @ApiResponse(responseCode = "200", description = "How it stands")
    GateView standing() {
        return GateView.of(gate.standing());
    }

    @GetMapping("/verify")
    @Operation(
            summary = "Check the whole evidence log, entry by entry, against every checkpoint (OPERATOR, ADMIN)",
            description = "Takes seconds for each million entries. One check at a time on each node.")
    @ApiResponse(responseCode = "200", description = "What came of it, also when it could not be checked")
    VerificationView verify() {
        return VerificationView.of(check.verify());
    }

    @PostMapping(path = "/override", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Let the immediate class leave through the shut gate for a while (OPERATOR, ADMIN)")
    @Decision
    OverrideUntil override(
            @RequestBody OverrideReason why, @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        return gate.letImmediateThrough(me.username(), Typed.reason(why.reason()))
                .map(OverrideUntil::new)
                .orElseThrow(() -> new NotNowException("The gate is open: nothing is held back."));
    }
}
