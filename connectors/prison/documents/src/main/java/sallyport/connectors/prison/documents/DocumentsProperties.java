package sallyport.connectors.prison.documents;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import sallyport.connectors.wire.OneShotHttp;
import sallyport.connectors.wire.Settings;

/**
 * Where it is, what is asked for and how patient to be; off until the address is set.
 *
 * @param url the service, without the paths below
 * @param types of documents that people may ask for; empty means none, and none of today's types is about incidents
 * @param serviceName how the hub calls itself to the service, which refuses whoever does not
 * @param personField the field of a document's metadata that says whom it is about
 * @param connectTimeout until the connection stands
 * @param timeout from the first step of one request, token included, to the last byte of its answer
 * @param maxAnswer the largest answer that is read, files aside
 * @param pageSize documents on one page of a search, at most 200
 * @param maxPages more pages than this are an error of the source
 * @param fileTimeout as the time-out, for a file
 * @param maxFile the largest file that is read, at most 50 MB
 */
@ConfigurationProperties("sallyport.hmpps-documents")
public record DocumentsProperties(
        URI url,
        @DefaultValue({}) List<String> types,
        @DefaultValue("sallyport") String serviceName,
        @DefaultValue("prisonNumber") String personField,
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("10s") Duration timeout,
        @DefaultValue("4MB") DataSize maxAnswer,
        @DefaultValue("100") int pageSize,
        @DefaultValue("10") int maxPages,
        @DefaultValue("5m") Duration fileTimeout,
        @DefaultValue("50000000B") DataSize maxFile) {

    private static final String PREFIX = "sallyport.hmpps-documents.";

    public DocumentsProperties {
        Settings.address(PREFIX + "url", url);
        types = types.stream()
                .map(String::strip)
                .filter(type -> !type.isEmpty())
                .toList();
        if (!types.stream().allMatch(DocumentQuery::isType)) {
            throw Settings.wrong(PREFIX + "types", "must be names of types, such as TRIAL_RECORD_SHEET");
        }
        if (!serviceName.matches("[A-Za-z0-9][A-Za-z0-9 ._-]{0,59}")) {
            throw Settings.wrong(PREFIX + "service-name", "must be a plain name");
        }
        if (!personField.matches("[A-Za-z][A-Za-z0-9_]{0,59}")) {
            throw Settings.wrong(PREFIX + "person-field", "must be the name of a field");
        }
        Settings.positive(PREFIX + "connect-timeout", connectTimeout);
        Settings.positive(PREFIX + "timeout", timeout);
        Settings.between(PREFIX + "max-answer", maxAnswer.toBytes(), 1, Integer.MAX_VALUE);
        Settings.between(PREFIX + "page-size", pageSize, 1, 200);
        Settings.between(PREFIX + "max-pages", maxPages, 1, 1000);
        Settings.positive(PREFIX + "file-timeout", fileTimeout);
        Settings.between(PREFIX + "max-file", maxFile.toBytes(), 1, 52_428_800);
    }

    OneShotHttp.Limits limits() {
        return new OneShotHttp.Limits(connectTimeout, timeout, maxAnswer.toBytes());
    }

    OneShotHttp.Limits fileLimits() {
        return new OneShotHttp.Limits(connectTimeout, fileTimeout, maxFile.toBytes());
    }
}
