package sallyport.console.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import sallyport.console.access.Problem;
import sallyport.console.access.SignedIn;
import sallyport.console.words.Typed;
import sallyport.ledger.desk.IntelligenceNotices;
import sallyport.ledger.desk.Page;

/** Which notices of intelligence fit which open cases, for programs. */
@RestController
@RequestMapping(path = "/api/v1/intelligence", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Cases")
@ApiResponse(
        responseCode = "401",
        description = "No user name and password, or the wrong ones",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
class IntelligenceApi {

    private final IntelligenceNotices desk;

    IntelligenceApi(IntelligenceNotices desk) {
        this.desk = desk;
    }

    @Schema(name = "IntelligenceFound", description = "One page of notices that fit open cases")
    record Found(
            @Schema(description = "By prison and case, one for each notice and case")
                    List<IntelligenceNotices.Row> items,
            @Schema(description = "From 0") int page,
            @Schema(description = "Rows on a page") int size,
            @Schema(description = "Rows on all pages") long total) {}

    @GetMapping
    @Operation(
            summary = "Notices that a unit holds intelligence about an open case, never what it says",
            description = "For coordinators and administrators. Each case on the page leaves a consultation in the"
                    + " evidence log.")
    @ApiResponse(responseCode = "200", description = "One page of notices")
    @ApiResponse(
            responseCode = "400",
            description = "A parameter is wrong; the problem names it",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "403",
            description = "Not for this role",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    Found fitting(
            @Parameter(description = "Only cases of this prison", example = "LEI")
                    @RequestParam(required = false)
                    @Nullable
                    String prison,
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
        int rows = Typed.size(size, IntelligenceNotices.MAX_SIZE);
        Page<IntelligenceNotices.Row> found =
                desk.fitting(Typed.prison(prison), me.scope(), Typed.page(page, rows), rows, me.username());
        return new Found(found.items(), found.page(), found.size(), found.total());
    }
}
