package sallyport.console.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
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
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import sallyport.console.access.Problem;
import sallyport.console.access.SignedIn;
import sallyport.console.words.BadParameter;
import sallyport.console.words.NotThereException;
import sallyport.console.words.NoteWords;
import sallyport.console.words.Typed;
import sallyport.ledger.desk.PhotoDesk;

/** Photographs out of prison records, asked for by people; for programs. */
@RestController
@RequestMapping(path = "/api/v1/cases/{reference}/photo-requests", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Readiness")
@NotSignedIn
@ApiResponse(
        responseCode = "404",
        description = "No such case within the scope",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
class PhotosApi {

    private final PhotoDesk desk;

    PhotosApi(PhotoDesk desk) {
        this.desk = desk;
    }

    @Schema(description = "Whose photograph, and why")
    record PhotoBody(
            @Schema(
                            description = "Of somebody who is in the case",
                            example = "A1234BC",
                            requiredMode = Schema.RequiredMode.REQUIRED)
                    String prisonerNumber,
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, maxLength = 1_000) String reason) {}

    @Schema(description = "Written down")
    record PhotoAsked(@Schema(description = "Number of the request") long id) {}

    @Schema(description = "One request for a photograph")
    record PhotoRequest(
            long id,
            @Schema(description = "Null when it is erased, as the reason is") @Nullable String prisonerNumber,
            @Nullable String reason,
            String askedBy,
            Instant askedAt,
            @Schema(description = "ASKED, STORED, or NONE: there is no photograph") String state,
            @Schema(description = "Number of the document, once it is stored") @Nullable Long document,
            @Nullable Instant answeredAt) {}

    @Schema(description = "The photographs that people asked for")
    record PhotoRequests(
            String reference,
            @Schema(description = "Whether more can be asked for") boolean open,
            @Schema(description = "Of whom") List<String> people,
            @Schema(description = "The latest first") List<PhotoRequest> requests) {}

    @GetMapping
    @Operation(
            summary = "The photographs that people asked for",
            description = "Leaves a consultation in the evidence log.")
    @ApiResponse(responseCode = "200", description = "The requests, the latest first")
    PhotoRequests list(
            @Parameter(description = "Case reference", example = "SP-2026-000123") @PathVariable String reference,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        var listed =
                desk.list(Typed.reference(reference), me.scope(), me.username()).orElseThrow(NotThereException::new);
        return new PhotoRequests(
                listed.reference(),
                listed.open(),
                listed.people(),
                listed.requests().stream()
                        .map(one -> new PhotoRequest(
                                one.id(),
                                one.prisonerNumber(),
                                one.reason(),
                                one.actor(),
                                one.at(),
                                one.state().name(),
                                one.document(),
                                one.answeredAt()))
                        .toList());
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Ask for the newest photograph of somebody in the case (COORDINATOR, ADMIN)",
            description = "It becomes a document of the case and is scanned before anybody gets it.")
    @Decision
    PhotoAsked ask(
            @Parameter(description = "Case reference", example = "SP-2026-000123") @PathVariable String reference,
            @RequestBody PhotoBody body,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        PhotoDesk.Answer answer = desk.ask(
                Typed.reference(reference),
                NoteWords.number(body.prisonerNumber()),
                me.username(),
                Typed.reason(body.reason()),
                me.scope());
        if (answer instanceof PhotoDesk.Asked asked) {
            return new PhotoAsked(asked.id());
        }
        if (answer instanceof PhotoDesk.NotInCase) {
            throw new BadParameter("prisonerNumber", "must be somebody who is in the case");
        }
        throw answer instanceof PhotoDesk.NotNow notNow ? new NotNowException(notNow.why()) : new NotThereException();
    }
}
