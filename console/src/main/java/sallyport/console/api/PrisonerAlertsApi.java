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
import sallyport.ledger.desk.PrisonerAlerts;
import sallyport.mappings.prisoneralert.LiaisonCodes.Group;

/** What people in open cases are marked with, for programs. */
@RestController
@RequestMapping(path = "/api/v1/prisoner-alerts", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Cases")
@NotSignedIn
class PrisonerAlertsApi {

    private final PrisonerAlerts desk;

    PrisonerAlertsApi(PrisonerAlerts desk) {
        this.desk = desk;
    }

    @Schema(description = "One page of active alerts about people in open cases")
    record Found(
            @Schema(description = "By prison and person, one for each alert and case") List<PrisonerAlerts.Row> items,
            @Schema(description = "From 0") int page,
            @Schema(description = "Rows on a page") int size,
            @Schema(description = "Rows on all pages") long total,
            @Schema(
                            description =
                                    "People whose alerts are still to be read: the list may lack theirs, or show old ones")
                    long unread) {}

    @GetMapping
    @Operation(
            summary = "Active alerts about people in open cases: persons of interest, high harm, ancillary orders",
            description =
                    "Which codes are shown is a table of the hub. Each case on the page leaves a consultation in the"
                            + " evidence log.")
    @ApiResponse(responseCode = "200", description = "One page of alerts")
    @WrongParameter
    Found active(
            @Parameter(description = "Only alerts of this group", schema = @Schema(implementation = Group.class))
                    @RequestParam(required = false)
                    @Nullable
                    String group,
            @Parameter(description = "Only cases of this prison", example = "LEI")
                    @RequestParam(required = false)
                    @Nullable
                    String prison,
            @PageNumber @RequestParam(required = false) @Nullable String page,
            @PageSize @RequestParam(required = false) @Nullable String size,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        int rows = Typed.size(size, PrisonerAlerts.MAX_SIZE);
        var found = desk.active(
                Typed.oneOf("group", group, Group.class),
                Typed.prison(prison),
                me.scope(),
                Typed.page(page, rows),
                rows,
                me.username());
        return new Found(
                found.page().items(),
                found.page().page(),
                found.page().size(),
                found.page().total(),
                found.unread());
    }
}
