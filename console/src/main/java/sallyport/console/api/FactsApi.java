package sallyport.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import sallyport.console.access.Problem;
import sallyport.console.access.SignedIn;
import sallyport.console.words.BadParameter;
import sallyport.console.words.FactWords;
import sallyport.console.words.NotThereException;
import sallyport.console.words.Typed;
import sallyport.ledger.desk.CaseFacts;
import sallyport.mappings.referral.Fact;
import sallyport.mappings.referral.FactField;
import sallyport.mappings.referral.FactForm;
import sallyport.mappings.referral.ReadinessItem;

/** What no system holds, answered by people; for programs. */
@RestController
@RequestMapping(path = "/api/v1/cases/{reference}/facts", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Readiness")
@NotSignedIn
@ApiResponse(
        responseCode = "404",
        description = "No such case within the scope, or no such readiness item",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
class FactsApi {

    /** Fifty entries of every form fit; nothing that long was typed by a person. */
    private static final int LARGEST = 512 * 1024;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final CaseFacts desk;

    FactsApi(CaseFacts desk) {
        this.desk = desk;
    }

    @Schema(description = "What people answered; version counts up with each answer and each that is taken back")
    record Answered(
            int version,
            @Schema(description = "PRESENT, MISSING or NOT_APPLICABLE; null where it was taken back") @Nullable
                    String state,
            @Schema(description = "What is there: fields by name") List<Map<String, Object>> entries,
            @Schema(description = "What the force may read") @Nullable String note,
            @Schema(description = "How the person knows, or why it was taken back; stays in the hub") @Nullable
                    String source,
            String by,
            Instant at,
            @Schema(description = "Its words were erased under a retention policy") boolean erased) {

        static Answered of(CaseFacts.Said said) {
            return new Answered(
                    said.version(),
                    said.state() == null ? null : said.state().name(),
                    said.entries(),
                    said.note(),
                    said.source(),
                    said.actor(),
                    said.at(),
                    said.erased());
        }
    }

    @Schema(description = "One line of the checklist")
    record Line(
            @Schema(example = "victim-statement") String item,
            String title,
            @Schema(description = "PRESENT, MISSING or NOT_APPLICABLE") String state,
            @Nullable String note,
            @Schema(description = "The latest version of the answer, 0 for none") int version,
            @Nullable Answered answer) {

        static Line of(CaseFacts.Item item) {
            CaseFacts.Said said = item.said();
            return new Line(
                    item.item().code(),
                    item.item().title(),
                    item.state().name(),
                    item.note(),
                    item.version(),
                    said == null ? null : Answered.of(said));
        }
    }

    @Schema(description = "The checklist of a case")
    record Lines(
            String reference,
            @Schema(description = "Whether an answer can be taken") boolean open,
            @Schema(description = "The package it was last worked out for, 0 before the first") int packageVersion,
            List<Line> items) {}

    @Schema(description = "One field of an entry")
    record Field(
            String name,
            String title,
            @Schema(description = "TEXT, WORDS, YES_NO, NUMBER, DAY, TIME or CHOICE") String type,
            boolean required,
            List<String> choices) {

        static Field of(FactField field) {
            return new Field(field.name(), field.title(), field.type().name(), field.required(), field.choices());
        }
    }

    @Schema(description = "One item with what is asked for, and every version of the answer, the latest first")
    record ItemDetail(
            Line line,
            @Schema(description = "Whether there may be several entries") boolean several,
            @Schema(description = "Empty where a system holds it: then PRESENT cannot be said") List<Field> fields,
            List<Answered> versions) {}

    @Schema(description = "The answer is kept")
    record KeptAs(String item, int version) {}

    @Schema(description = "An answer")
    record AnswerBody(
            @Schema(description = "PRESENT, MISSING or NOT_APPLICABLE", requiredMode = Schema.RequiredMode.REQUIRED)
                    String state,
            @Schema(description = "For PRESENT: fields by name, as GET of the item tells")
                    List<Map<String, Object>> entries,
            @Schema(description = "What the force may read; needed unless PRESENT", maxLength = FactForm.MOST_NOTE)
                    @Nullable
                    String note,
            @Schema(
                            description = "How you know; stays in the hub",
                            requiredMode = Schema.RequiredMode.REQUIRED,
                            maxLength = FactForm.MOST_SOURCE)
                    String source,
            @Schema(description = "The version that was read before; 409 when there is a later one by now") @Nullable
                    Integer after) {}

    @GetMapping
    @Operation(
            summary = "The checklist of a case: what is there, missing or not applicable, and what people answered",
            description = "Leaves a consultation in the evidence log.")
    @ApiResponse(responseCode = "200", description = "The checklist")
    Lines list(
            @Parameter(description = "Case reference", example = "SP-2026-000123") @PathVariable String reference,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        var checked = desk.checklist(Typed.reference(reference), me.scope(), me.username())
                .orElseThrow(NotThereException::new);
        return new Lines(
                checked.reference(),
                checked.open(),
                checked.packageVersion(),
                checked.items().stream().map(Line::of).toList());
    }

    @GetMapping("/{item}")
    @Operation(
            summary = "One readiness item: what is asked for, and every version of the answer",
            description = "Leaves a consultation in the evidence log.")
    @ApiResponse(responseCode = "200", description = "The item")
    ItemDetail one(
            @Parameter(description = "Case reference", example = "SP-2026-000123") @PathVariable String reference,
            @Parameter(description = "Readiness item", example = "victim-statement") @PathVariable String item,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        ReadinessItem named = named(item);
        var history = desk.history(Typed.reference(reference), named, me.scope(), me.username())
                .orElseThrow(NotThereException::new);
        boolean asked = FactForm.exists(named);
        return new ItemDetail(
                Line.of(history.item()),
                asked && FactForm.of(named).several(),
                asked ? FactForm.of(named).fields().stream().map(Field::of).toList() : List.of(),
                history.versions().stream().map(Answered::of).toList());
    }

    @PutMapping(path = "/{item}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Answer a readiness item; a version of its own each time (COORDINATOR, ADMIN)",
            description = "The same answer twice is one. Of an approved case it goes to the force with the next version"
                    + " of the package. An answer to grounds-said, victim-wishes or terrorism-connection has the case"
                    + " judged again: the member of staff who asks, or a criterion of Annex A, makes it mandatory.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema = @Schema(implementation = AnswerBody.class))))
    @ApiResponse(responseCode = "200", description = "The answer is kept")
    @ApiResponse(
            responseCode = "400",
            description = "Something is wrong; the problem names the element, such as entries/0/pages",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @RoleForbids
    @ApiResponse(
            responseCode = "409",
            description = "There is a later version, or the case takes no answers",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    KeptAs answer(
            @Parameter(description = "Case reference", example = "SP-2026-000123") @PathVariable String reference,
            @Parameter(description = "Readiness item", example = "victim-statement") @PathVariable String item,
            HttpServletRequest request,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        FactForm form = form(item);
        JsonNode body = body(request);
        Integer after = FactWords.after(body.path("after"));
        Fact fact = FactWords.sent(form, body);
        return kept(fact.item(), desk.keep(Typed.reference(reference), fact, after, me.username(), me.scope()));
    }

    @PostMapping(path = "/{item}/withdraw", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Take an answer back: a version that says so (COORDINATOR, ADMIN)",
            description = "Earlier versions stay. Of an approved case the force is told with the next version of the"
                    + " package.")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Decision
    KeptAs withdraw(
            @Parameter(description = "Case reference", example = "SP-2026-000123") @PathVariable String reference,
            @Parameter(description = "Readiness item", example = "victim-statement") @PathVariable String item,
            @RequestBody AdminApi.Why why,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        FactForm form = form(item);
        String reason = Typed.reason(why.reason());
        return kept(
                form.item(),
                desk.withdraw(Typed.reference(reference), form.item(), null, me.username(), reason, me.scope()));
    }

    private static KeptAs kept(ReadinessItem item, CaseFacts.Answer answer) {
        if (answer instanceof CaseFacts.Kept kept) {
            return new KeptAs(item.code(), kept.version());
        }
        throw answer instanceof CaseFacts.NotNow notNow ? new NotNowException(notNow.why()) : new NotThereException();
    }

    private static JsonNode body(HttpServletRequest request) {
        try {
            byte[] bytes = request.getInputStream().readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new BadParameter("body", "must be 512 KiB or less");
            }
            JsonNode tree = JSON.readTree(bytes);
            return tree == null ? JSON.missingNode() : tree;
        } catch (IOException notJson) {
            throw new BadParameter("body", "must be JSON");
        }
    }

    private static FactForm form(String item) {
        ReadinessItem named = named(item);
        if (!FactForm.exists(named)) {
            throw new NotNowException("It follows from the answers to the items for statements.");
        }
        return FactForm.of(named);
    }

    private static ReadinessItem named(String item) {
        return FactWords.item(item).orElseThrow(NotThereException::new);
    }
}
