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
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import sallyport.console.access.Problem;
import sallyport.console.access.SignedIn;
import sallyport.console.words.DocumentAnswer;
import sallyport.console.words.NotThereException;
import sallyport.console.words.Typed;
import sallyport.ledger.desk.CaseDocuments;

/** Documents of cases, for programs: one file is the body of one request, and of one answer. */
@RestController
@RequestMapping(path = "/api/v1/cases/{reference}/documents")
@Tag(name = "Readiness")
@NotSignedIn
@ApiResponse(
        responseCode = "404",
        description = "No such case or document within the scope",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
class DocumentsApi {

    private final CaseDocuments desk;

    DocumentsApi(CaseDocuments desk) {
        this.desk = desk;
    }

    @Schema(description = "Documents of a case")
    record Documents(
            String reference,
            @Schema(description = "Whether one can be added") boolean open,
            @Schema(description = "The latest first") List<CaseDocuments.Document> documents) {}

    @Schema(description = "The file is whole and waits for the scanner")
    record Added(long id, @Schema(description = "In hexadecimal") String sha256) {}

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "The documents of a case and how each stands: RECEIVED, CLEAN or INFECTED",
            description = "Leaves a consultation in the evidence log.")
    @ApiResponse(responseCode = "200", description = "The documents")
    Documents list(
            @Parameter(description = "Case reference", example = "SP-2026-000123") @PathVariable String reference,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        var listed =
                desk.list(Typed.reference(reference), me.scope(), me.username()).orElseThrow(NotThereException::new);
        return new Documents(listed.reference(), listed.open(), listed.documents());
    }

    @PostMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Add a document: the file is the body (COORDINATOR, ADMIN)",
            description = "At most 50 MB, of a type that its first bytes tell. It is scanned before anybody gets it.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
                                            schema = @Schema(type = "string", format = "binary"))))
    @ApiResponse(
            responseCode = "201",
            description = "The file is whole and waits for the scanner",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = Added.class)))
    @ApiResponse(
            responseCode = "400",
            description = "No such kind, an empty file, or an upload that was cut short",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @RoleForbids
    @ApiResponse(
            responseCode = "409",
            description = "The file is there already, or the case takes none",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "413",
            description = "Too large",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "415",
            description = "Of a type that is not taken",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    ResponseEntity<?> add(
            @Parameter(description = "Case reference", example = "SP-2026-000123") @PathVariable String reference,
            @Parameter(description = "What it is", example = "statement") @RequestParam(required = false) @Nullable
                    String kind,
            HttpServletRequest request,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me)
            throws IOException {
        CaseDocuments.Answer answer = desk.take(
                Typed.reference(reference),
                kind,
                fileName(request),
                declaredType(request),
                request.getContentLengthLong(),
                request.getInputStream(),
                me.username(),
                me.scope());
        if (answer instanceof CaseDocuments.Taken taken) {
            return ResponseEntity.status(HttpStatus.CREATED)
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(new Added(taken.id(), taken.sha256()));
        }
        return problem(answer);
    }

    @GetMapping("/{id}")
    @Operation(
            summary = "Fetch a document that was found clean",
            description = "Leaves a consultation with its hash in the evidence log. One that holds the contacts of a"
                    + " witness, such as the back of a statement, is for COORDINATOR and ADMIN.")
    @RoleForbids
    @ApiResponse(
            responseCode = "200",
            description = "The file",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
                            schema = @Schema(type = "string", format = "binary")))
    @ApiResponse(
            responseCode = "409",
            description = "It is not scanned yet, was infected, or is erased; the problem says what to do",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    ResponseEntity<?> fetch(
            @Parameter(description = "Case reference", example = "SP-2026-000123") @PathVariable String reference,
            @Parameter(description = "Number of the document", example = "12") @PathVariable String id,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        CaseDocuments.Answer answer =
                desk.fetch(Typed.reference(reference), Typed.id(id), me.scope(), me.username(), me.decides());
        if (answer instanceof CaseDocuments.Fetched fetched) {
            ResponseEntity<Resource> file = DocumentAnswer.file(fetched.download());
            return file;
        }
        return problem(answer);
    }

    private static ResponseEntity<Problem> problem(CaseDocuments.Answer answer) {
        if (answer instanceof CaseDocuments.NotForThem) {
            throw new AccessDeniedException("contacts of a witness");
        }
        if (answer instanceof CaseDocuments.NotNow notNow) {
            throw new NotNowException(notNow.why());
        }
        if (answer instanceof CaseDocuments.Refused refused) {
            HttpStatus status = HttpStatus.valueOf(DocumentAnswer.status(refused));
            return ResponseEntity.status(status)
                    .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                    .body(new Problem(
                            "about:blank",
                            status.getReasonPhrase(),
                            status.value(),
                            refused.why(),
                            refused.code(),
                            null));
        }
        throw new NotThereException();
    }

    private static @Nullable String fileName(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.CONTENT_DISPOSITION);
        try {
            return header == null ? null : ContentDisposition.parse(header).getFilename();
        } catch (IllegalArgumentException unreadable) {
            return null;
        }
    }

    /** Null where the sender does not say; whatever is said must fit the bytes. */
    private static @Nullable String declaredType(HttpServletRequest request) {
        String header = request.getContentType();
        try {
            if (header == null
                    || MediaType.parseMediaType(header).equalsTypeAndSubtype(MediaType.APPLICATION_OCTET_STREAM)) {
                return null;
            }
            MediaType type = MediaType.parseMediaType(header);
            return type.getType() + "/" + type.getSubtype();
        } catch (InvalidMediaTypeException unreadable) {
            return "unreadable";
        }
    }
}
