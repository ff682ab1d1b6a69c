package sallyport.connectors.prison.adjudications;

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
 * @param pageSize charges on one page of a prison's list of referrals
 * @param maxPages more pages than this are not read
 */
@ConfigurationProperties("sallyport.adjudications")
public record AdjudicationsProperties(
        URI url,
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("10s") Duration timeout,
        @DefaultValue("16MB") DataSize maxAnswer,
        @DefaultValue("100") int pageSize,
        @DefaultValue("100") int maxPages) {

    public AdjudicationsProperties {
        Settings.address("sallyport.adjudications.url", url);
        Settings.positive("sallyport.adjudications.connect-timeout", connectTimeout);
        Settings.positive("sallyport.adjudications.timeout", timeout);
        Settings.between("sallyport.adjudications.max-answer", maxAnswer.toBytes(), 1, Integer.MAX_VALUE);
        Settings.between("sallyport.adjudications.page-size", pageSize, 1, 1000);
        Settings.between("sallyport.adjudications.max-pages", maxPages, 1, 10000);
    }

    OneShotHttp.Limits limits() {
        return new OneShotHttp.Limits(connectTimeout, timeout, maxAnswer.toBytes());
    }
}
