package sallyport.connectors.prison.casenotes;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import sallyport.connectors.wire.OneShotHttp;
import sallyport.connectors.wire.Settings;

/**
 * Where it is and how patient to be; off until the address is set.
 *
 * @param url the service, without the paths below
 * @param connectTimeout until the connection stands
 * @param timeout from the first step of one request, token included, to the last byte of its answer
 * @param maxAnswer the largest answer that is read
 * @param pageSize notes on one page
 * @param maxPages more pages than this are an error of the source
 */
@ConfigurationProperties("sallyport.case-notes")
public record CaseNotesProperties(
        URI url,
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("10s") Duration timeout,
        @DefaultValue("16MB") DataSize maxAnswer,
        @DefaultValue("200") int pageSize,
        @DefaultValue("50") int maxPages) {

    public CaseNotesProperties {
        Settings.address("sallyport.case-notes.url", url);
        Settings.positive("sallyport.case-notes.connect-timeout", connectTimeout);
        Settings.positive("sallyport.case-notes.timeout", timeout);
        Settings.between("sallyport.case-notes.max-answer", maxAnswer.toBytes(), 1, Integer.MAX_VALUE);
        Settings.between("sallyport.case-notes.page-size", pageSize, 1, 5000);
        Settings.between("sallyport.case-notes.max-pages", maxPages, 1, 1000);
    }

    OneShotHttp.Limits limits() {
        return new OneShotHttp.Limits(connectTimeout, timeout, maxAnswer.toBytes());
    }
}
