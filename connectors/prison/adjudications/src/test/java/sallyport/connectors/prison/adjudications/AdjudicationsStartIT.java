package sallyport.connectors.prison.adjudications;

import java.util.Map;
import sallyport.connectors.contract.PrisonStartContract;

final class AdjudicationsStartIT extends PrisonStartContract {

    AdjudicationsStartIT() {
        super("adjudications", AdjudicationsConfiguration.class, AdjudicationsRoutes.class, Map.of());
    }
}
