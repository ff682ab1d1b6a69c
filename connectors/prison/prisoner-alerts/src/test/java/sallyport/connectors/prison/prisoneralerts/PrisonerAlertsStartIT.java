package sallyport.connectors.prison.prisoneralerts;

import java.util.Map;
import sallyport.connectors.contract.PrisonStartContract;

final class PrisonerAlertsStartIT extends PrisonStartContract {

    PrisonerAlertsStartIT() {
        super(
                "prisoner-alerts",
                PrisonerAlertsConfiguration.class,
                PrisonerAlertsRoutes.class,
                Map.of("page-size", "0", "max-pages", "0"));
    }
}
