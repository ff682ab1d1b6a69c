package sallyport.console.api;

import com.fasterxml.jackson.annotation.JsonInclude;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import sallyport.console.access.Problem;
import sallyport.console.access.SignedIn;
import sallyport.console.words.NotThereException;
import sallyport.console.words.OriginWords;
import sallyport.console.words.Typed;
import sallyport.ledger.desk.LineageDesk;
import sallyport.mappings.disclosure.DisclosureProfiles;
import sallyport.mappings.disclosure.HeldBack;
import sallyport.mappings.lineage.FieldOrigin;

/** Where the values of a package came from, and by which rules destinations get less than all of it; for programs. */
@RestController
@Tag(name = "Packages")
@ApiResponse(
        responseCode = "401",
        description = "No user name and password, or the wrong ones",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
class LineageApi {

    private final LineageDesk desk;

    LineageApi(LineageDesk desk) {
        this.desk = desk;
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(description = "Where one value of a package came from")
    record Field(
            @Schema(description = "Its place in the package, a JSON Pointer", example = "/persons/0/lastName")
                    String field,
            @Schema(description = "The value, where values were asked for") @Nullable String value,
            FieldOrigin.Kind kind,
            @Schema(example = "prisoner-search") @Nullable String system,
            @Nullable String recordId,
            @Schema(description = "The hub's number of the version of that record") @Nullable Integer version,
            @Schema(description = "Of the record's bytes") @Nullable String sha256,
            @Schema(
                            description =
                                    "The place in the record, then those that decide with it: JSON Pointers, with * where"
                                            + " the bytes are not kept")
                    List<String> paths,
            @Schema(description = "What was done to it; same: nothing", example = "same") @Nullable String way,
            @Schema(description = "The triage rules that made it") List<String> rules,
            @Schema(description = "In words, where there is no path") @Nullable String why) {

        static Field of(FieldOrigin origin, @Nullable String value) {
            return new Field(
                    origin.field(),
                    value,
                    origin.kind(),
                    origin.system(),
                    origin.recordId(),
                    origin.version(),
                    origin.sha256(),
                    origin.paths(),
                    origin.way(),
                    origin.rules(),
                    origin.why());
        }
    }

    @Schema(description = "What a force does not get of it by today's profile, and why: places and counts")
    record Held(
            @Schema(description = "Of the profile's rules; /api/v1/disclosure-profiles/force has them")
                    String profileVersion,
            int values,
            int left,
            List<HeldBack.Line> lines) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(description = "Where every value of a package came from")
    record Lineage(
            String reference,
            int version,
            @Schema(description = "That built the package") @Nullable String mappingVersion,
            @Schema(description = "That judged the report") @Nullable String ruleVersion,
            @Schema(description = "By which the values were traced just now") String tracedBy,
            @Schema(description = "Whether all that was read for it was written down") boolean recorded,
            List<Field> fields,
            Held heldBack,
            @Schema(description = "How it was cut for each channel that it was sent by") List<LineageDesk.Sent> sent) {}

    @Schema(description = "Every version of the rules of one destination, the newest first")
    record Profiles(String destination, String current, List<LineageDesk.Profile> versions) {}

    @GetMapping(
            path = "/api/v1/cases/{reference}/packages/{version:[0-9]+}/lineage",
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "For each value of a package: the record, path, rule and version it came from",
            description = "Looking is recorded in the evidence log as a consultation.")
    @ApiResponse(responseCode = "200", description = "The lineage, and what the force did not get")
    @ApiResponse(
            responseCode = "400",
            description = "A parameter is wrong; the problem names it",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "404",
            description = "No such package within the scope",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "410",
            description = "Its content was erased; the case says when, and under which policy",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    Lineage lineage(
            @PathVariable String reference,
            @PathVariable String version,
            @Parameter(description = "true: the values beside it") @RequestParam(required = false) @Nullable
                    String values,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        boolean shown = Typed.yes("values", values);
        LineageDesk.Found found = desk.trace(
                        Typed.reference(reference), Typed.version(version), shown, me.scope(), me.username())
                .orElseThrow(NotThereException::new);
        if (!(found instanceof LineageDesk.Traced traced)) {
            throw new ResponseStatusException(HttpStatus.GONE);
        }
        HeldBack held = traced.heldBack();
        return new Lineage(
                reference,
                Typed.version(version),
                traced.lineage().mappingVersion(),
                traced.lineage().ruleVersion(),
                traced.lineage().tracedBy(),
                traced.recorded(),
                traced.lineage().fields().stream()
                        .map(origin -> Field.of(origin, shown ? OriginWords.value(traced.pkg(), origin) : null))
                        .toList(),
                new Held(held.version(), held.values(), held.left(), held.lines()),
                traced.sent());
    }

    @GetMapping(path = "/api/v1/disclosure-profiles/{destination}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary =
                    "The rules by which a destination gets less than all, as they were in each version that was in use",
            description = "An entry of the evidence log about a disclosure names the version.")
    @ApiResponse(responseCode = "200", description = "The versions")
    @ApiResponse(
            responseCode = "404",
            description = "No such destination",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    Profiles profiles(
            @Parameter(description = "force, tracker, or a team", example = "force") @PathVariable String destination) {
        if (!DisclosureProfiles.destinations().contains(destination)) {
            throw new NotThereException();
        }
        return new Profiles(destination, DisclosureProfiles.of(destination).version(), desk.profiles(destination));
    }
}
