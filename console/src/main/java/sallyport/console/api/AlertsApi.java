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
import sallyport.ledger.desk.Alerts;

/** What people were told of, for programs. */
@RestController
@RequestMapping(path = "/api/v1/alerts", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Operations")
@NotSignedIn
class AlertsApi {

    private static final int MOST = 200;

    private final Alerts alerts;

    AlertsApi(Alerts alerts) {
        this.alerts = alerts;
    }

    @Schema(description = "Alerts, the newest first")
    record Told(
            @Schema(description = "Not cleared yet") List<Alerts.Alert> open,
            @Schema(description = "Open and cleared, at most 200") List<Alerts.Alert> latest) {}

    @GetMapping
    @Operation(
            summary = "Alerts: what lasts now, and what there was",
            description = "An alert opens when trouble has lasted and clears when it has been gone for long enough.")
    Told told(@Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        return new Told(alerts.open(me.scope()), alerts.latest(me.scope(), MOST));
    }
}
