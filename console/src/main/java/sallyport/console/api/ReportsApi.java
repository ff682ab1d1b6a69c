package sallyport.console.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import sallyport.console.access.SignedIn;
import sallyport.console.words.BadParameter;
import sallyport.console.words.Typed;
import sallyport.ledger.ReportKind;
import sallyport.ledger.ReportState;
import sallyport.ledger.desk.ReportDesk;

/** Reports of one kind, the incident reports that they belong to, and what is said of them, for programs. */
@NotSignedIn
abstract class ReportsApi {

    private static final int MAX_INCIDENT = 100;

    private final ReportDesk desk;
    private final ReportKind kind;

    ReportsApi(ReportDesk desk, ReportKind kind) {
        this.desk = desk;
        this.kind = kind;
    }

    @Schema(name = "MatchedReports", description = "One page of reports")
    record Found(
            @Schema(description = "The one that was reported last first") List<ReportDesk.Row> items,
            @Schema(description = "From 0") int page,
            @Schema(description = "Rows on a page") int size,
            @Schema(description = "Rows on all pages") long total) {}

    @Schema(description = "Which incident report, and why")
    record WhichAndWhy(
            @Schema(
                            description = "Id of the incident report, as in the matches",
                            requiredMode = Schema.RequiredMode.REQUIRED)
                    @Nullable
                    String incident,
            @Schema(
                            description = "1 to 1,000 characters",
                            requiredMode = Schema.RequiredMode.REQUIRED,
                            maxLength = 1000)
                    @Nullable
                    String reason) {}

    @GetMapping
    @Operation(
            summary = "The reports and the incident reports that they belong to",
            description = "Each report on the page leaves a consultation in the evidence log.")
    @ApiResponse(responseCode = "200", description = "One page of reports")
    @WrongParameter
    Found reports(
            @Parameter(description = "Where the report stands", schema = @Schema(implementation = ReportState.class))
                    @RequestParam(required = false)
                    @Nullable
                    String state,
            @Parameter(description = "Id of the prison", example = "LEI") @RequestParam(required = false) @Nullable
                    String prison,
            @Parameter(description = "Only those that belong to this case", example = "SP-2026-000123")
                    @RequestParam(name = "case", required = false)
                    @Nullable
                    String caseReference,
            @PageNumber @RequestParam(required = false) @Nullable String page,
            @PageSize @RequestParam(required = false) @Nullable String size,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        int rows = Typed.size(size, ReportDesk.MAX_SIZE);
        if (caseReference != null && !Typed.isReference(caseReference)) {
            throw new BadParameter("case", "must be a case reference");
        }
        var wanted = new ReportDesk.Wanted(
                Typed.oneOf("state", state, ReportState.class), Typed.prison(prison), caseReference);
        var found = desk.reports(kind, wanted, me.scope(), Typed.page(page, rows), rows, me.username());
        return new Found(found.items(), found.page(), found.size(), found.total());
    }

    @PostMapping(path = "/{id}/confirm", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "It belongs to this incident report (COORDINATOR, OPERATOR, ADMIN)")
    @Decision
    Taken confirm(
            @Parameter(description = "Number of the report", example = "12") @PathVariable String id,
            @RequestBody WhichAndWhy word,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        String reason = Typed.reason(word.reason());
        return Taken.of(desk.confirm(kind, Typed.id(id), incident(word), me.username(), reason, me.scope()));
    }

    @PostMapping(path = "/{id}/refuse", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "It does not belong to this incident report (COORDINATOR, OPERATOR, ADMIN)")
    @Decision
    Taken refuse(
            @Parameter(description = "Number of the report", example = "12") @PathVariable String id,
            @RequestBody WhichAndWhy word,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        String reason = Typed.reason(word.reason());
        return Taken.of(desk.refuse(kind, Typed.id(id), incident(word), me.username(), reason, me.scope()));
    }

    @PostMapping(path = "/{id}/alone", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "It belongs to no incident report, and none will come (COORDINATOR, OPERATOR, ADMIN)")
    @Decision
    Taken alone(
            @Parameter(description = "Number of the report", example = "12") @PathVariable String id,
            @RequestBody AdminApi.Why why,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        String reason = Typed.reason(why.reason());
        return Taken.of(desk.alone(kind, Typed.id(id), me.username(), reason, me.scope()));
    }

    private static String incident(WhichAndWhy word) {
        String incident = word.incident();
        if (incident == null || incident.isBlank() || incident.length() > MAX_INCIDENT) {
            throw new BadParameter("incident", "must be the id of one of the matches");
        }
        return incident;
    }
}
