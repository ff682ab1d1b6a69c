package sallyport.connectors.prison.prisonregister;

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
 */
@ConfigurationProperties("sallyport.prison-register")
public record PrisonRegisterProperties(
        URI url,
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("10s") Duration timeout,
        @DefaultValue("16MB") DataSize maxAnswer) {

    public PrisonRegisterProperties {
        Settings.address("sallyport.prison-register.url", url);
        Settings.positive("sallyport.prison-register.connect-timeout", connectTimeout);
        Settings.positive("sallyport.prison-register.timeout", timeout);
        Settings.between("sallyport.prison-register.max-answer", maxAnswer.toBytes(), 1, Integer.MAX_VALUE);
    }

    OneShotHttp.Limits limits() {
        return new OneShotHttp.Limits(connectTimeout, timeout, maxAnswer.toBytes());
    }
}
