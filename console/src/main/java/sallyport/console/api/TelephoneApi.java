package sallyport.console.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
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
import sallyport.console.words.HandInAnswer;
import sallyport.console.words.Typed;
import sallyport.ledger.TelephoneState;
import sallyport.ledger.desk.TelephoneDesk;
import sallyport.ledger.desk.TelephoneHandIn;

/** Telephone reports and what is said of them, for programs. */
@RestController
@RequestMapping(path = "/api/v1/telephone-reports", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Telephone reports")
@NotSignedIn
class TelephoneApi {

    private final TelephoneDesk desk;
    private final TelephoneHandIn handIn;

    TelephoneApi(TelephoneDesk desk, TelephoneHandIn handIn) {
        this.desk = desk;
        this.handIn = handIn;
    }

    @Schema(description = "The list is stored, and its reports are matched next")
    record HandedIn(
            @Schema(description = "SHA-256 of the list as it came, in hexadecimal") String sha256,
            @Schema(description = "How many rows can be read") int reports,
            @Schema(description = "What cannot be read: each of these rows is parked, and stops none of the others")
                    List<HandInAnswer.Line> unread) {}

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
    @WrongParameter
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
            @PageNumber @RequestParam(required = false) @Nullable String page,
            @PageSize @RequestParam(required = false) @Nullable String size,
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

    @PostMapping(consumes = "text/csv", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Hand in a list of telephone reports: the list is the body (OPERATOR, ADMIN)",
            description =
                    "At most 5 MB and 2,000 rows, of prisons in the scope. The same list again changes nothing, nor does a row that"
                            + " came before, by mail or so. Who handed it in, and why, is in the evidence log.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "text/csv",
                                            schema = @Schema(type = "string", format = "binary"))))
    @ApiResponse(
            responseCode = "202",
            description = "The list is stored",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = HandedIn.class)))
    @ApiResponse(
            responseCode = "400",
            description =
                    "There is no reason, or the list cannot be read; the problem names the parameter or the lines",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(oneOf = {Problem.class, ListProblem.class})))
    @ApiResponse(
            responseCode = "403",
            description =
                    "The role does not allow it, or rows are of prisons outside the scope; the problem names them",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(oneOf = {Problem.class, ListProblem.class})))
    @ApiResponse(
            responseCode = "413",
            description = "The list is too large",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = ListProblem.class)))
    ResponseEntity<?> handIn(
            @Parameter(description = "Why it is handed in, 1 to 1,000 characters", required = true)
                    @RequestParam(required = false)
                    @Nullable
                    String reason,
            HttpServletRequest request,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me)
            throws IOException {
        TelephoneHandIn.Answer answer = handIn.take(
                request.getInputStream(),
                request.getContentLengthLong(),
                me.username(),
                Typed.reason(reason),
                me.scope());
        if (answer instanceof TelephoneHandIn.Taken taken) {
            return ResponseEntity.status(HttpStatus.ACCEPTED)
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(new HandedIn(taken.sha256(), taken.reports(), HandInAnswer.lines(taken.unread())));
        }
        TelephoneHandIn.Refused refused = (TelephoneHandIn.Refused) answer;
        HttpStatus status = HttpStatus.valueOf(HandInAnswer.status(refused));
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(new ListProblem(
                        "about:blank",
                        status.getReasonPhrase(),
                        status.value(),
                        HandInAnswer.why(refused),
                        HandInAnswer.lines(refused.lines())));
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
