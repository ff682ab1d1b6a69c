package sallyport.connectors.prison.incidentreporting;

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
 * @param pageSize reports on one page of the list of changes
 * @param maxPages pages read in one sweep before it stops and says that it is not complete
 */
@ConfigurationProperties("sallyport.incident-reporting")
public record IncidentReportingProperties(
        URI url,
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("10s") Duration timeout,
        @DefaultValue("16MB") DataSize maxAnswer,
        @DefaultValue("200") int pageSize,
        @DefaultValue("100") int maxPages) {

    public IncidentReportingProperties {
        Settings.address("sallyport.incident-reporting.url", url);
        Settings.positive("sallyport.incident-reporting.connect-timeout", connectTimeout);
        Settings.positive("sallyport.incident-reporting.timeout", timeout);
        Settings.between("sallyport.incident-reporting.max-answer", maxAnswer.toBytes(), 1, Integer.MAX_VALUE);
        Settings.between("sallyport.incident-reporting.page-size", pageSize, 1, 1000);
        Settings.between("sallyport.incident-reporting.max-pages", maxPages, 1, 10000);
    }

    OneShotHttp.Limits limits() {
        return new OneShotHttp.Limits(connectTimeout, timeout, maxAnswer.toBytes());
    }
}
