package sallyport.console.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import sallyport.console.access.SignedIn;
import sallyport.console.words.Typed;
import sallyport.ledger.desk.LegalHolds;
import sallyport.ledger.desk.RetentionDesk;

/** What is kept for how long, what went, and what is held; for programs. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Retention")
@NotSignedIn
class RetentionApi {

    private static final int MOST = 100;
    private static final int HOLDS = 500;

    private final RetentionDesk desk;
    private final LegalHolds holds;

    RetentionApi(RetentionDesk desk, LegalHolds holds) {
        this.desk = desk;
        this.holds = holds;
    }

    @Schema(description = "Policies and how they are kept, holds within the scope, and one page of certificates")
    record Retention(
            List<RetentionDesk.Policy> policies,
            @Schema(description = "Holds in force within the scope, the oldest first, at most 500")
                    List<LegalHolds.Hold> holds,
            @Schema(description = "The latest first") List<RetentionDesk.Certificate> certificates,
            @Schema(description = "From 0") int page,
            @Schema(description = "Certificates on a page") int size,
            @Schema(description = "Certificates on all pages") long total) {}

    @Schema(description = "It is done")
    record RetentionDone(@Schema(description = "Number of the command that says who and why") long command) {}

    @GetMapping("/retention")
    @Operation(
            summary = "Policies, what is past them, holds and certificates",
            description = "pastPolicySeconds is 0 for every policy that is kept.")
    @ApiResponse(responseCode = "200", description = "The policies")
    @WrongParameter
    Retention retention(
            @PageNumber @RequestParam(required = false) @Nullable String page,
            @Parameter(
                            description = "Certificates on a page",
                            schema = @Schema(type = "integer", minimum = "1", maximum = "100", defaultValue = "20"))
                    @RequestParam(required = false)
                    @Nullable
                    String size,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        int rows = Typed.size(size, MOST);
        var certificates = desk.certificates(Typed.page(page, rows), rows);
        return new Retention(
                desk.policies(),
                holds.inForce(me.scope(), HOLDS),
                certificates.items(),
                certificates.page(),
                certificates.size(),
                certificates.total());
    }

    @PostMapping(path = "/retention/{kind}/confirm", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Say that it is right for so much of a kind to go at once; good for 24 hours (ADMIN)")
    @Decision
    Taken confirm(
            @Parameter(description = "The kind of record", example = "hints") @PathVariable String kind,
            @RequestBody AdminApi.Why why,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        return Taken.of(desk.confirm(kind, me.username(), Typed.reason(why.reason())));
    }

    @PostMapping(path = "/cases/{reference}/place-hold", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Place a legal hold: nothing of the case is erased (COORDINATOR, ADMIN)")
    @Decision
    Taken place(
            @Parameter(description = "Case reference", example = "SP-2026-000123") @PathVariable String reference,
            @RequestBody AdminApi.Why why,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        String reason = Typed.reason(why.reason());
        return Taken.of(holds.place(Typed.reference(reference), me.username(), reason, me.scope()));
    }

    @PostMapping(path = "/cases/{reference}/release-hold", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Release a legal hold: the policies apply again (COORDINATOR, ADMIN)")
    @Decision
    Taken release(
            @Parameter(description = "Case reference", example = "SP-2026-000123") @PathVariable String reference,
            @RequestBody AdminApi.Why why,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        String reason = Typed.reason(why.reason());
        return Taken.of(holds.release(Typed.reference(reference), me.username(), reason, me.scope()));
    }
}
