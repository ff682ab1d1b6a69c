package sallyport.connectors.prison.prisonapi;

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
 * @param maxAnswer the largest photograph that is read
 */
@ConfigurationProperties("sallyport.prison-api")
public record PrisonApiProperties(
        URI url,
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("10s") Duration timeout,
        @DefaultValue("5MB") DataSize maxAnswer) {

    public PrisonApiProperties {
        Settings.address("sallyport.prison-api.url", url);
        Settings.positive("sallyport.prison-api.connect-timeout", connectTimeout);
        Settings.positive("sallyport.prison-api.timeout", timeout);
        Settings.between("sallyport.prison-api.max-answer", maxAnswer.toBytes(), 1, 50_000_000);
    }

    OneShotHttp.Limits limits() {
        return new OneShotHttp.Limits(connectTimeout, timeout, maxAnswer.toBytes());
    }
}
