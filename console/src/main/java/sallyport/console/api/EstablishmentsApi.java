package sallyport.console.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import sallyport.console.access.SignedIn;
import sallyport.ledger.desk.Establishments;

/** Establishments and their forces, for programs. */
@RestController
@RequestMapping(path = "/api/v1/establishments", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Operations")
@NotSignedIn
class EstablishmentsApi {

    private final Establishments desk;

    EstablishmentsApi(Establishments desk) {
        this.desk = desk;
    }

    @Schema(description = "The establishments within the scope")
    record EstablishmentList(
            @Schema(description = "By id; those of the register and those of the table of prisons and forces")
                    List<Establishments.Establishment> items) {}

    @GetMapping
    @Operation(
            summary =
                    "The establishments of the prison register with their forces, and where register and table do not fit",
            description =
                    "The register is read once a day; each difference is a work item of kind REGISTER as long as it lasts.")
    @ApiResponse(responseCode = "200", description = "All within the scope")
    EstablishmentList all(@Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        return new EstablishmentList(desk.list(me.scope()));
    }
}
