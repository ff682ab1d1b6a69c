package sallyport.connectors.prison.casenotes;

import java.util.Map;
import sallyport.connectors.contract.PrisonStartContract;

final class CaseNotesStartIT extends PrisonStartContract {

    CaseNotesStartIT() {
        super(
                "case-notes",
                CaseNotesConfiguration.class,
                CaseNotesRoutes.class,
                Map.of("page-size", "0", "max-pages", "0"));
    }
}
