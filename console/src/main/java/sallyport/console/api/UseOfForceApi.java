package sallyport.console.api;

import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import sallyport.ledger.ReportKind;
import sallyport.ledger.desk.ReportDesk;

/** Use of force reports. */
@RestController
@RequestMapping(path = "/api/v1/use-of-force", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Use of force reports")
final class UseOfForceApi extends ReportsApi {

    UseOfForceApi(ReportDesk desk) {
        super(desk, ReportKind.USE_OF_FORCE);
    }
}
