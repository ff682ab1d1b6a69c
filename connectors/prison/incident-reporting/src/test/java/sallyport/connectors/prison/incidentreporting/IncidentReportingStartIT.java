package sallyport.connectors.prison.incidentreporting;

import java.util.Map;
import sallyport.connectors.contract.PrisonStartContract;

final class IncidentReportingStartIT extends PrisonStartContract {

    IncidentReportingStartIT() {
        super(
                "incident-reporting",
                IncidentReportingConfiguration.class,
                IncidentReportingRoutes.class,
                Map.of("page-size", "1001", "max-pages", "0"));
    }
}
