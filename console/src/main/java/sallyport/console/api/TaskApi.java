package sallyport.console.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
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
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import sallyport.console.access.SignedIn;
import sallyport.console.words.Typed;
import sallyport.ledger.desk.TaskDesk;

/** Work items, for programs. */
@RestController
@RequestMapping(path = "/api/v1/tasks", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Work items")
@NotSignedIn
class TaskApi {

    private static final int MOST = 100;

    private final TaskDesk desk;

    TaskApi(TaskDesk desk) {
        this.desk = desk;
    }

    @Schema(description = "One page of work items, and how many are open of each kind")
    record Tasks(
            List<TaskDesk.Task> items,
            List<TaskDesk.Kind> kinds,
            @Schema(description = "From 0") int page,
            @Schema(description = "Rows on a page") int size,
            @Schema(description = "Work items on all pages") long total) {}

    @GetMapping
    @Operation(summary = "Work items: open ones by the time they are due, closed ones the latest first")
    @ApiResponse(responseCode = "200", description = "One page of work items")
    @WrongParameter
    Tasks tasks(
            @Parameter(description = "Only of this kind", example = "GAP") @RequestParam(required = false) @Nullable
                    String kind,
            @Parameter(
                            description = "Those that are closed, instead of those that are open",
                            schema = @Schema(type = "boolean", defaultValue = "false"))
                    @RequestParam(required = false)
                    @Nullable
                    String closed,
            @PageNumber @RequestParam(required = false) @Nullable String page,
            @PageSize @RequestParam(required = false) @Nullable String size,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        int rows = Typed.size(size, MOST);
        var found =
                desk.tasks(Typed.taskKind(kind), Typed.yes("closed", closed), me.scope(), Typed.page(page, rows), rows);
        return new Tasks(found.items(), desk.kinds(me.scope()), found.page(), found.size(), found.total());
    }

    @PostMapping(path = "/{id}/close", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Close a work item with an answer (COORDINATOR, OPERATOR, ADMIN)")
    @Decision
    Taken close(
            @Parameter(description = "Number of the work item", example = "12") @PathVariable String id,
            @RequestBody AdminApi.Why answer,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        String reason = Typed.reason(answer.reason());
        return Taken.of(desk.close(Typed.id(id), me.username(), reason, me.scope()));
    }
}
