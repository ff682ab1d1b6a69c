package sallyport.connectors.prison.documents;

import java.util.Map;
import sallyport.connectors.contract.PrisonStartContract;

final class DocumentsStartIT extends PrisonStartContract {

    DocumentsStartIT() {
        super(
                "hmpps-documents",
                DocumentsConfiguration.class,
                DocumentsRoutes.class,
                Map.of(
                        "page-size", "201",
                        "max-pages", "0",
                        "types", "small letters",
                        "service-name", "two\nlines",
                        "person-field", "a.b",
                        "file-timeout", "0s",
                        "max-file", "60MB"));
    }
}
