package sallyport.connectors.prison.prisonersearch;

import java.util.Map;
import sallyport.connectors.contract.PrisonStartContract;

final class PrisonerSearchStartIT extends PrisonStartContract {

    PrisonerSearchStartIT() {
        super(
                "prisoner-search",
                PrisonerSearchConfiguration.class,
                PrisonerSearchRoutes.class,
                Map.of("batch-size", "1001"));
    }
}
