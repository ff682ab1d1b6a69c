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
import sallyport.console.words.BadParameter;
import sallyport.console.words.Typed;
import sallyport.ledger.ChargeState;
import sallyport.ledger.desk.ChargeDesk;

/** Charges that prisons have referred to the police and what is said of them, for programs. */
@RestController
@RequestMapping(path = "/api/v1/referred-charges", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Referred charges")
@NotSignedIn
class ReferredChargesApi {

    private final ChargeDesk desk;

    ReferredChargesApi(ChargeDesk desk) {
        this.desk = desk;
    }

    @Schema(description = "One page of referred charges")
    record Found(
            @Schema(description = "The one that came last first") List<ChargeDesk.Row> items,
            @Schema(description = "From 0") int page,
            @Schema(description = "Rows on a page") int size,
            @Schema(description = "Rows on all pages") long total) {}

    @Schema(description = "Which case, and why")
    record WhichAndWhy(
            @Schema(
                            description = "Reference of the case, as in the matches",
                            example = "SP-2026-000123",
                            requiredMode = Schema.RequiredMode.REQUIRED)
                    @Nullable
                    String caseReference,
            @Schema(
                            description = "1 to 1,000 characters",
                            requiredMode = Schema.RequiredMode.REQUIRED,
                            maxLength = 1000)
                    @Nullable
                    String reason) {}

    @GetMapping
    @Operation(
            summary = "Charges that prisons have referred to the police and the cases that they belong to",
            description = "Each charge on the page leaves a consultation in the evidence log.")
    @ApiResponse(responseCode = "200", description = "One page of referred charges")
    @WrongParameter
    Found charges(
            @Parameter(description = "Where the charge stands", schema = @Schema(implementation = ChargeState.class))
                    @RequestParam(required = false)
                    @Nullable
                    String state,
            @Parameter(description = "Id of the prison", example = "LEI") @RequestParam(required = false) @Nullable
                    String prison,
            @PageNumber @RequestParam(required = false) @Nullable String page,
            @PageSize @RequestParam(required = false) @Nullable String size,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        int rows = Typed.size(size, ChargeDesk.MAX_SIZE);
        var found = desk.charges(
                Typed.oneOf("state", state, ChargeState.class),
                Typed.prison(prison),
                me.scope(),
                Typed.page(page, rows),
                rows,
                me.username());
        return new Found(found.items(), found.page(), found.size(), found.total());
    }

    @PostMapping(path = "/{id}/confirm", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "It belongs to this case (COORDINATOR, OPERATOR, ADMIN)")
    @Decision
    Taken confirm(
            @Parameter(description = "Number of the charge here", example = "12") @PathVariable String id,
            @RequestBody WhichAndWhy word,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        String reason = Typed.reason(word.reason());
        return Taken.of(desk.confirm(Typed.id(id), reference(word), me.username(), reason, me.scope()));
    }

    @PostMapping(path = "/{id}/refuse", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "It does not belong to this case (COORDINATOR, OPERATOR, ADMIN)")
    @Decision
    Taken refuse(
            @Parameter(description = "Number of the charge here", example = "12") @PathVariable String id,
            @RequestBody WhichAndWhy word,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        String reason = Typed.reason(word.reason());
        return Taken.of(desk.refuse(Typed.id(id), reference(word), me.username(), reason, me.scope()));
    }

    @PostMapping(path = "/{id}/alone", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "No incident report is meant: it is a case of its own (COORDINATOR, OPERATOR, ADMIN)")
    @Decision
    Taken alone(
            @Parameter(description = "Number of the charge here", example = "12") @PathVariable String id,
            @RequestBody AdminApi.Why why,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        String reason = Typed.reason(why.reason());
        return Taken.of(desk.alone(Typed.id(id), me.username(), reason, me.scope()));
    }

    private static String reference(WhichAndWhy word) {
        String reference = word.caseReference();
        if (reference == null || !Typed.isReference(reference)) {
            throw new BadParameter("caseReference", "must be the reference of one of the matches");
        }
        return reference;
    }
}
