package sallyport.connectors.prison.prisoneralerts;

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
 * @param pageSize alerts on one page
 * @param maxPages more pages than this are an error of the source
 */
@ConfigurationProperties("sallyport.prisoner-alerts")
public record PrisonerAlertsProperties(
        URI url,
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("10s") Duration timeout,
        @DefaultValue("16MB") DataSize maxAnswer,
        @DefaultValue("1000") int pageSize,
        @DefaultValue("50") int maxPages) {

    public PrisonerAlertsProperties {
        Settings.address("sallyport.prisoner-alerts.url", url);
        Settings.positive("sallyport.prisoner-alerts.connect-timeout", connectTimeout);
        Settings.positive("sallyport.prisoner-alerts.timeout", timeout);
        Settings.between("sallyport.prisoner-alerts.max-answer", maxAnswer.toBytes(), 1, Integer.MAX_VALUE);
        Settings.between("sallyport.prisoner-alerts.page-size", pageSize, 1, 5000);
        Settings.between("sallyport.prisoner-alerts.max-pages", maxPages, 1, 1000);
    }

    OneShotHttp.Limits limits() {
        return new OneShotHttp.Limits(connectTimeout, timeout, maxAnswer.toBytes());
    }
}
