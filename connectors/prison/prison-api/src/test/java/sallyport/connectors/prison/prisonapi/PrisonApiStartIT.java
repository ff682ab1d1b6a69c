package sallyport.connectors.prison.prisonapi;

import java.util.Map;
import sallyport.connectors.contract.PrisonStartContract;

final class PrisonApiStartIT extends PrisonStartContract {

    PrisonApiStartIT() {
        super("prison-api", PrisonApiConfiguration.class, PrisonApiRoutes.class, Map.of("max-answer", "60MB"));
    }
}
