package sallyport.console.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import sallyport.console.access.SignedIn;
import sallyport.ledger.desk.Ladders;

/** What each force owes, for programs. */
@RestController
@RequestMapping(path = "/api/v1/receipts", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Operations")
@NotSignedIn
class ReceiptsApi {

    private static final int MOST = 500;

    private final Ladders ladders;

    ReceiptsApi(Ladders ladders) {
        this.ladders = ladders;
    }

    @Schema(description = "What is awaited of the forces")
    record Owed(
            @Schema(description = "By force, the most overdue first") List<Ladders.Force> forces,
            @Schema(description = "The longest overdue first, at most 500") List<Ladders.Overdue> overdue) {}

    @GetMapping
    @Operation(
            summary = "Receipts that are waited for, by force, and those that are overdue",
            description = "Times are fixed when the waiting begins, by force, class and rung.")
    Owed owed(@Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        return new Owed(ladders.forces(me.scope()), ladders.overdue(me.scope(), MOST));
    }
}
