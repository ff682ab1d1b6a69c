package sallyport.console.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
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
import sallyport.console.access.SignedIn;
import sallyport.console.words.Typed;
import sallyport.ledger.desk.DroppedFiles;

/** What became of the files that were dropped, for programs. */
@RestController
@RequestMapping(path = "/api/v1/dropped-files", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Operations")
@NotSignedIn
class DroppedFilesApi {

    private final DroppedFiles desk;

    DroppedFilesApi(DroppedFiles desk) {
        this.desk = desk;
    }

    @Schema(name = "DroppedFileList", description = "One page of files")
    record Found(
            @Schema(description = "The latest first") List<DroppedFiles.Row> items,
            @Schema(description = "From 0") int page,
            @Schema(description = "Rows on a page") int size,
            @Schema(description = "Rows on all pages") long total) {}

    @GetMapping
    @Operation(
            summary = "The files that were dropped: what was taken of them, and what was refused and why",
            description = "Neither names nor contents. For whoever sees everything; nobody else sees any.")
    @ApiResponse(responseCode = "200", description = "One page of files")
    @WrongParameter
    Found files(
            @Parameter(
                            description = "Only those of which this became",
                            schema = @Schema(implementation = DroppedFiles.State.class))
                    @RequestParam(required = false)
                    @Nullable
                    String state,
            @PageNumber @RequestParam(required = false) @Nullable String page,
            @PageSize @RequestParam(required = false) @Nullable String size,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        int rows = Typed.size(size, DroppedFiles.MAX_SIZE);
        var found = desk.latest(
                Typed.oneOf("state", state, DroppedFiles.State.class), me.scope(), Typed.page(page, rows), rows);
        return new Found(found.items(), found.page(), found.size(), found.total());
    }
}
