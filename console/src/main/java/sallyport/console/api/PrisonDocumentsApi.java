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
import sallyport.console.words.HeldWords;
import sallyport.console.words.NotThereException;
import sallyport.console.words.NoteWords;
import sallyport.console.words.Typed;
import sallyport.ledger.desk.PrisonDocumentDesk;

/** Documents that the prisons' service holds, asked for by people; for programs. */
@RestController
@RequestMapping(path = "/api/v1/cases/{reference}/prison-documents", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Readiness")
@NotSignedIn
@ApiResponse(
        responseCode = "404",
        description = "No such case, or no such document, within the scope",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
class PrisonDocumentsApi {

    private final PrisonDocumentDesk desk;

    PrisonDocumentsApi(PrisonDocumentDesk desk) {
        this.desk = desk;
    }

    @Schema(description = "About whom, and why")
    record SearchBody(
            @Schema(
                            description = "Somebody who is in the case",
                            example = "A1234BC",
                            requiredMode = Schema.RequiredMode.REQUIRED)
                    String prisonerNumber,
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, maxLength = 1_000) String reason) {}

    @Schema(description = "Why it is needed")
    record TakeBody(@Schema(requiredMode = Schema.RequiredMode.REQUIRED, maxLength = 1_000) String reason) {}

    @Schema(description = "Written down")
    record DocumentAsked(@Schema(description = "Number of the search, or of the document in the list") long id) {}

    @Schema(description = "One search")
    record DocumentSearch(
            long id,
            @Schema(description = "Null when it is erased, as the reason is") @Nullable String prisonerNumber,
            @Nullable String reason,
            String askedBy,
            Instant askedAt,
            @Schema(description = "How many there were; null while the prison is asked") @Nullable Integer found) {}

    @Schema(description = "One document that the prison holds")
    record PrisonDocumentSummary(
            long id,
            @Schema(description = "The service's own id") String uuid,
            @Nullable String prisonerNumber,
            String type,
            @Nullable String fileName,
            String mediaType,
            long size,
            Instant createdAt,
            @Schema(description = "LISTED, ASKED, TAKEN, or REFUSED: it was not taken") String state,
            @Schema(description = "Why it was not taken") @Nullable String code,
            @Nullable String why,
            @Nullable String askedBy,
            @Nullable String reason,
            @Nullable Instant askedAt,
            @Schema(description = "Number of the document of the case, once it is taken") @Nullable Long document) {}

    @Schema(description = "What people asked the prisons' document service, and what there is")
    record PrisonDocuments(
            String reference,
            @Schema(description = "Whether anything can be asked for") boolean open,
            @Schema(description = "About whom") List<String> people,
            @Schema(description = "The latest first") List<DocumentSearch> searches,
            @Schema(description = "The newest first") List<PrisonDocumentSummary> documents) {}

    @GetMapping
    @Operation(
            summary = "The documents about people of the case that the prison holds, as far as somebody asked",
            description = "Leaves a consultation in the evidence log.")
    @ApiResponse(responseCode = "200", description = "Searches and documents")
    PrisonDocuments list(
            @Parameter(description = "Case reference", example = "SP-2026-000123") @PathVariable String reference,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        var listed =
                desk.list(Typed.reference(reference), me.scope(), me.username()).orElseThrow(NotThereException::new);
        return new PrisonDocuments(
                listed.reference(),
                listed.open(),
                listed.people(),
                listed.searches().stream()
                        .map(one -> new DocumentSearch(
                                one.id(), one.prisonerNumber(), one.reason(), one.actor(), one.at(), one.found()))
                        .toList(),
                listed.documents().stream()
                        .map(one -> new PrisonDocumentSummary(
                                one.id(),
                                one.uuid(),
                                one.prisonerNumber(),
                                one.type(),
                                one.fileName(),
                                one.mediaType(),
                                one.size(),
                                one.createdAt(),
                                one.state().name(),
                                one.code(),
                                one.code() == null ? null : HeldWords.why(one.code()),
                                one.actor(),
                                one.reason(),
                                one.askedAt(),
                                one.document()))
                        .toList());
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Ask what documents the prison holds about somebody in the case (COORDINATOR, ADMIN)",
            description = "Nothing is taken by it.")
    @Decision
    DocumentAsked search(
            @Parameter(description = "Case reference", example = "SP-2026-000123") @PathVariable String reference,
            @RequestBody SearchBody body,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        return said(desk.search(
                Typed.reference(reference),
                NoteWords.number(body.prisonerNumber()),
                me.username(),
                Typed.reason(body.reason()),
                me.scope()));
    }

    @PostMapping(path = "/{id}/take", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Ask for one of the documents that the prison holds (COORDINATOR, ADMIN)",
            description = "It becomes a document of the case and is scanned before anybody gets it.")
    @Decision
    DocumentAsked take(
            @Parameter(description = "Case reference", example = "SP-2026-000123") @PathVariable String reference,
            @Parameter(description = "Number in the list") @PathVariable String id,
            @RequestBody TakeBody body,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        return said(desk.take(
                Typed.reference(reference), Typed.id(id), me.username(), Typed.reason(body.reason()), me.scope()));
    }

    private static DocumentAsked said(PrisonDocumentDesk.Answer answer) {
        if (answer instanceof PrisonDocumentDesk.Asked asked) {
            return new DocumentAsked(asked.id());
        }
        if (answer instanceof PrisonDocumentDesk.NotInCase) {
            throw new BadParameter("prisonerNumber", "must be somebody who is in the case");
        }
        throw answer instanceof PrisonDocumentDesk.NotNow notNow
                ? new NotNowException(notNow.why())
                : new NotThereException();
    }
}
