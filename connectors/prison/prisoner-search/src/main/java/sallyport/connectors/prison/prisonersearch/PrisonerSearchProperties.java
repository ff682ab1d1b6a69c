package sallyport.connectors.prison.prisonersearch;

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
 * @param batchSize numbers in one request
 */
@ConfigurationProperties("sallyport.prisoner-search")
public record PrisonerSearchProperties(
        URI url,
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("15s") Duration timeout,
        @DefaultValue("64MB") DataSize maxAnswer,
        @DefaultValue("1000") int batchSize) {

    public PrisonerSearchProperties {
        Settings.address("sallyport.prisoner-search.url", url);
        Settings.positive("sallyport.prisoner-search.connect-timeout", connectTimeout);
        Settings.positive("sallyport.prisoner-search.timeout", timeout);
        Settings.between("sallyport.prisoner-search.max-answer", maxAnswer.toBytes(), 1, Integer.MAX_VALUE);
        Settings.between("sallyport.prisoner-search.batch-size", batchSize, 1, 1000);
    }

    OneShotHttp.Limits limits() {
        return new OneShotHttp.Limits(connectTimeout, timeout, maxAnswer.toBytes());
    }
}
