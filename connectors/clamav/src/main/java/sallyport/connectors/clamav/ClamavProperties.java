package sallyport.connectors.clamav;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import sallyport.connectors.wire.Settings;

/**
 * The ClamAV daemon. Its protocol knows neither a password nor encryption: it belongs on this machine or on a network of its own.
 *
 * @param host where it listens. Off until it is set: then no document is ever found clean.
 * @param connectTimeout until the TCP connection stands
 * @param timeout from the first byte to the verdict; shorter than the lease of work
 */
@ConfigurationProperties("sallyport.clamav")
public record ClamavProperties(
        String host,
        @DefaultValue("3310") int port,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("25s") Duration timeout) {

    public ClamavProperties {
        Settings.required("sallyport.clamav.host", host);
        Settings.between("sallyport.clamav.port", port, 1, 65_535);
        Settings.positive("sallyport.clamav.connect-timeout", connectTimeout);
        Settings.positive("sallyport.clamav.timeout", timeout);
        Settings.between("sallyport.clamav.timeout", timeout.toSeconds(), 0, 600);
    }
}
