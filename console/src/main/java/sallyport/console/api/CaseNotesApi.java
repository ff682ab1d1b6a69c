package sallyport.console.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
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
import sallyport.ledger.desk.CaseNoteDesk;

/** Case notes that no rule fetches, asked for by people; for programs. */
@RestController
@RequestMapping(path = "/api/v1/cases/{reference}/case-note-requests", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Case notes")
@NotSignedIn
@ApiResponse(
        responseCode = "404",
        description = "No such case, request or note within the scope",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
class CaseNotesApi {

    private final CaseNoteDesk desk;

    CaseNotesApi(CaseNoteDesk desk) {
        this.desk = desk;
    }

    @Schema(description = "What is asked for")
    record AskBody(
            @Schema(
                            description = "Of somebody who is in the case",
                            example = "A1234BC",
                            requiredMode = Schema.RequiredMode.REQUIRED)
                    String prisonerNumber,
            @Schema(
                            description = "First day, in London",
                            example = "2026-02-01",
                            requiredMode = Schema.RequiredMode.REQUIRED)
                    String from,
            @Schema(
                            description = "Last day, at most two years later",
                            example = "2026-03-01",
                            requiredMode = Schema.RequiredMode.REQUIRED)
                    String until,
            @Schema(description = "Codes of types such as OBSERVE; none means all") @Nullable List<String> types,
            @Schema(description = "Those too that the prison marks as sensitive: waits for a second person") @Nullable
                    Boolean sensitive,
            @Schema(
                            description =
                                    "VICTIM_ACCOUNT, WITNESS_ACCOUNT, BACKGROUND, RISK_OF_HARM, ASKED_BY_FORCE or HELPS_THE_DEFENCE",
                            requiredMode = Schema.RequiredMode.REQUIRED)
                    String justification,
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, maxLength = 1_000) String reason) {}

    @Schema(description = "Written down")
    record NotesAsked(@Schema(description = "Number of the request") long id) {}

    @Schema(description = "Somebody in the case, under the number that holds now")
    record PersonInCase(String prisonerNumber, String role) {}

    @Schema(description = "One note that came")
    record RequestedNote(
            long id,
            @Schema(description = "As the case notes service calls it") String caseNoteId,
            @Schema(description = "Of the note as the prison gave it, in hexadecimal") String sha256,
            boolean sensitive,
            Instant foundAt,
            @Schema(description = "Null for those who may not read it, and when it is erased") @Nullable String type,
            @Nullable String subType,
            @Schema(description = "As the prison wrote it, in London") @Nullable String occurred,
            @Nullable String text,
            List<String> amendments,
            @Schema(description = "The prison has it no more, or not about this person") boolean gone,
            @Schema(description = "Whether it is for the package; null while nobody has said") @Nullable Boolean chosen,
            @Nullable String chosenBy,
            @Nullable String chosenWhy,
            @Nullable Instant chosenAt,
            boolean erased) {

        static RequestedNote of(CaseNoteDesk.Note note) {
            CaseNoteDesk.Written written = note.written();
            return new RequestedNote(
                    note.id(),
                    note.note(),
                    note.sha256(),
                    note.sensitive(),
                    note.foundAt(),
                    written == null ? null : written.type(),
                    written == null ? null : written.subType(),
                    written == null ? null : written.occurred(),
                    written == null ? null : written.text(),
                    written == null ? List.of() : written.amendments(),
                    note.gone(),
                    note.chosen(),
                    note.chosenBy(),
                    note.chosenWhy(),
                    note.chosenAt(),
                    note.erased());
        }
    }

    @Schema(description = "One request with the notes that came")
    record NotesRequest(
            long id,
            @Schema(description = "Null when it is erased, as the reasons are") @Nullable String prisonerNumber,
            Instant from,
            Instant until,
            List<String> types,
            boolean sensitive,
            String justification,
            @Nullable String reason,
            String askedBy,
            Instant askedAt,
            @Schema(description = "WAITING for a second person, ASKED, ANSWERED or REFUSED") String state,
            @Nullable String decidedBy,
            @Nullable String decidedWhy,
            @Nullable Instant decidedAt,
            @Nullable Instant answeredAt,
            @Schema(description = "Whether the prison knew the person; null before it has answered") @Nullable
                    Boolean known,
            List<RequestedNote> notes) {

        static NotesRequest of(CaseNoteDesk.Request request) {
            return new NotesRequest(
                    request.id(),
                    request.prisonerNumber(),
                    request.from(),
                    request.until(),
                    request.types(),
                    request.sensitive(),
                    request.justification(),
                    request.reason(),
                    request.actor(),
                    request.at(),
                    request.state().name(),
                    request.decidedBy(),
                    request.decidedWhy(),
                    request.decidedAt(),
                    request.answeredAt(),
                    request.known(),
                    request.notes().stream().map(RequestedNote::of).toList());
        }
    }

    @Schema(description = "The case notes that people asked for")
    record NotesRequests(
            String reference,
            @Schema(description = "Whether more can be asked for") boolean open,
            @Schema(description = "For whom notes can be asked") List<PersonInCase> people,
            @Schema(description = "The latest first") List<NotesRequest> requests) {}

    @GetMapping
    @Operation(
            summary = "The case notes that people asked for, and what came",
            description =
                    "What the notes say is shown to COORDINATOR and ADMIN. Leaves a consultation in the evidence log.")
    @ApiResponse(responseCode = "200", description = "The requests, the latest first")
    NotesRequests list(
            @Parameter(description = "Case reference", example = "SP-2026-000123") @PathVariable String reference,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        var listed = desk.list(Typed.reference(reference), me.decides(), me.scope(), me.username())
                .orElseThrow(NotThereException::new);
        return new NotesRequests(
                listed.reference(),
                listed.open(),
                listed.people().stream()
                        .map(person -> new PersonInCase(person.prisonerNumber(), person.role()))
                        .toList(),
                listed.requests().stream().map(NotesRequest::of).toList());
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Ask for case notes of somebody in the case (COORDINATOR, ADMIN)",
            description =
                    "The evidence log has it before the prison is asked. Sensitive notes wait for a second person.")
    @Decision
    NotesAsked ask(
            @Parameter(description = "Case reference", example = "SP-2026-000123") @PathVariable String reference,
            @RequestBody AskBody body,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        List<String> types = body.types() == null ? List.of() : body.types();
        if (types.stream().anyMatch(Objects::isNull)) {
            throw new BadParameter("types", "must be codes such as OBSERVE");
        }
        CaseNoteDesk.Wanted wanted = NoteWords.wanted(
                body.prisonerNumber(),
                body.from(),
                body.until(),
                String.join(",", types),
                Boolean.TRUE.equals(body.sensitive()),
                body.justification(),
                body.reason());
        return done(desk.ask(Typed.reference(reference), wanted, me.username(), me.scope()));
    }

    @PostMapping(path = "/{id}/agree", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Agree, as a second person, to ask for sensitive case notes (COORDINATOR, ADMIN)")
    @Decision
    NotesAsked agree(
            @Parameter(description = "Case reference", example = "SP-2026-000123") @PathVariable String reference,
            @Parameter(description = "Number of the request", example = "12") @PathVariable String id,
            @RequestBody AdminApi.Why why,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        return decided(reference, id, true, why, me);
    }

    @PostMapping(path = "/{id}/refuse", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Refuse, as a second person, to ask for sensitive case notes (COORDINATOR, ADMIN)")
    @Decision
    NotesAsked refuse(
            @Parameter(description = "Case reference", example = "SP-2026-000123") @PathVariable String reference,
            @Parameter(description = "Number of the request", example = "12") @PathVariable String id,
            @RequestBody AdminApi.Why why,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        return decided(reference, id, false, why, me);
    }

    @PostMapping(path = "/{id}/notes/{note}/use", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Put a case note into the package (COORDINATOR, ADMIN)",
            description = "The next version has it, marked as asked for.")
    @Decision
    NotesAsked use(
            @Parameter(description = "Case reference", example = "SP-2026-000123") @PathVariable String reference,
            @Parameter(description = "Number of the request", example = "12") @PathVariable String id,
            @Parameter(description = "Number of the note", example = "31") @PathVariable String note,
            @RequestBody AdminApi.Why why,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        return chosen(reference, id, note, true, why, me);
    }

    @PostMapping(path = "/{id}/notes/{note}/leave-out", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Leave a case note out of the package (COORDINATOR, ADMIN)",
            description = "The next version has it no more, and retention erases it soon.")
    @Decision
    NotesAsked leaveOut(
            @Parameter(description = "Case reference", example = "SP-2026-000123") @PathVariable String reference,
            @Parameter(description = "Number of the request", example = "12") @PathVariable String id,
            @Parameter(description = "Number of the note", example = "31") @PathVariable String note,
            @RequestBody AdminApi.Why why,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        return chosen(reference, id, note, false, why, me);
    }

    private NotesAsked decided(String reference, String id, boolean agreed, AdminApi.Why why, SignedIn me) {
        return done(desk.decide(
                Typed.reference(reference),
                Typed.id(id),
                agreed,
                me.username(),
                Typed.reason(why.reason()),
                me.scope()));
    }

    private NotesAsked chosen(
            String reference, String id, String note, boolean forPackage, AdminApi.Why why, SignedIn me) {
        return done(desk.choose(
                Typed.reference(reference),
                Typed.id(id),
                Typed.id(note),
                forPackage,
                me.username(),
                Typed.reason(why.reason()),
                me.scope()));
    }

    private static NotesAsked done(CaseNoteDesk.Answer answer) {
        if (answer instanceof CaseNoteDesk.Done done) {
            return new NotesAsked(done.id());
        }
        if (answer instanceof CaseNoteDesk.NotInCase) {
            throw new BadParameter("prisonerNumber", "must be somebody who is in the case");
        }
        throw answer instanceof CaseNoteDesk.NotNow notNow
                ? new NotNowException(notNow.why())
                : new NotThereException();
    }
}
