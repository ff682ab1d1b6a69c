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
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import sallyport.console.access.Problem;
import sallyport.console.access.SignedIn;
import sallyport.console.words.HandInAnswer;
import sallyport.console.words.Typed;
import sallyport.ledger.ReportKind;
import sallyport.ledger.desk.ReportDesk;
import sallyport.ledger.desk.TelephoneHandIn;

/** Telephone reports, and lists of them that are handed in. */
@RestController
@RequestMapping(path = "/api/v1/telephone-reports", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Telephone reports")
final class TelephoneApi extends ReportsApi {

    private final TelephoneHandIn handIn;

    TelephoneApi(ReportDesk desk, TelephoneHandIn handIn) {
        super(desk, ReportKind.TELEPHONE);
        this.handIn = handIn;
    }

    @Schema(description = "The list is stored, and its reports are matched next")
    record HandedIn(
            @Schema(description = "SHA-256 of the list as it came, in hexadecimal") String sha256,
            @Schema(description = "How many rows can be read") int reports,
            @Schema(description = "What cannot be read: each of these rows is parked, and stops none of the others")
                    List<HandInAnswer.Line> unread) {}

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
}
