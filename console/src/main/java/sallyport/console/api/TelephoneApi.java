package sallyport.console.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
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
import sallyport.console.access.Problem;
import sallyport.console.access.SignedIn;
import sallyport.console.words.BadParameter;
import sallyport.console.words.Typed;
import sallyport.ledger.TelephoneState;
import sallyport.ledger.desk.TelephoneDesk;

/** Telephone reports and what is said of them, for programs. */
@RestController
@RequestMapping(path = "/api/v1/telephone-reports", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Telephone reports")
@ApiResponse(
        responseCode = "401",
        description = "No user name and password, or the wrong ones",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
class TelephoneApi {

    private final TelephoneDesk desk;

    TelephoneApi(TelephoneDesk desk) {
        this.desk = desk;
    }

    @Schema(description = "One page of telephone reports")
    record Found(
            @Schema(description = "The latest call first") List<TelephoneDesk.Row> items,
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
            summary = "Telephone reports and the incident reports that they announced",
            description = "Each report on the page leaves a consultation in the evidence log.")
    @ApiResponse(responseCode = "200", description = "One page of telephone reports")
    @ApiResponse(
            responseCode = "400",
            description = "A parameter is wrong; the problem names it",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    Found reports(
            @Parameter(description = "Where the report stands", schema = @Schema(implementation = TelephoneState.class))
                    @RequestParam(required = false)
                    @Nullable
                    String state,
            @Parameter(description = "Id of the prison", example = "LEI") @RequestParam(required = false) @Nullable
                    String prison,
            @Parameter(description = "Only those that belong to this case", example = "SP-2026-000123")
                    @RequestParam(name = "case", required = false)
                    @Nullable
                    String caseReference,
            @Parameter(description = "From 0", schema = @Schema(type = "integer", minimum = "0", defaultValue = "0"))
                    @RequestParam(required = false)
                    @Nullable
                    String page,
            @Parameter(
                            description = "Rows on a page",
                            schema = @Schema(type = "integer", minimum = "1", maximum = "100", defaultValue = "20"))
                    @RequestParam(required = false)
                    @Nullable
                    String size,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        int rows = Typed.size(size, TelephoneDesk.MAX_SIZE);
        if (caseReference != null && !Typed.isReference(caseReference)) {
            throw new BadParameter("case", "must be a case reference");
        }
        var found = desk.reports(
                Typed.oneOf("state", state, TelephoneState.class),
                Typed.prison(prison),
                caseReference,
                me.scope(),
                Typed.page(page, rows),
                rows,
                me.username());
        return new Found(found.items(), found.page(), found.size(), found.total());
    }

    @PostMapping(path = "/{id}/confirm", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "It announced this incident report (COORDINATOR, OPERATOR, ADMIN)")
    @Decision
    Taken confirm(
            @Parameter(description = "Number of the telephone report", example = "12") @PathVariable String id,
            @RequestBody WhichAndWhy word,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        String reason = Typed.reason(word.reason());
        return Taken.of(desk.confirm(Typed.id(id), incident(word), me.username(), reason, me.scope()));
    }

    @PostMapping(path = "/{id}/refuse", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "It did not announce this incident report (COORDINATOR, OPERATOR, ADMIN)")
    @Decision
    Taken refuse(
            @Parameter(description = "Number of the telephone report", example = "12") @PathVariable String id,
            @RequestBody WhichAndWhy word,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        String reason = Typed.reason(word.reason());
        return Taken.of(desk.refuse(Typed.id(id), incident(word), me.username(), reason, me.scope()));
    }

    @PostMapping(path = "/{id}/alone", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "No incident report will come (COORDINATOR, OPERATOR, ADMIN)")
    @Decision
    Taken alone(
            @Parameter(description = "Number of the telephone report", example = "12") @PathVariable String id,
            @RequestBody AdminApi.Why why,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        String reason = Typed.reason(why.reason());
        return Taken.of(desk.alone(Typed.id(id), me.username(), reason, me.scope()));
    }

    private static String incident(WhichAndWhy word) {
        String incident = word.incident();
        if (incident == null || incident.isBlank() || incident.length() > 100) {
            throw new BadParameter("incident", "must be the id of one of the matches");
        }
        return incident;
    }
}
