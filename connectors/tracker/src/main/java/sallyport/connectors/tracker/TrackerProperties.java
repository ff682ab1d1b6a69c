package sallyport.connectors.tracker;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import sallyport.connectors.wire.OneShotHttp;
import sallyport.connectors.wire.Settings;

/**
 * Where the tracker is and how long it may take.
 *
 * @param url the address below which {@code /referrals/{caseReference}} lies; https uses the hub's certificate ({@code sallyport.tls})
 * @param connectTimeout until the TCP connection stands
 * @param timeout of one call; a conflict makes four, so at most an eighth of the lease of an effect
 * @param answerBytes the largest row that is read
 */
@ConfigurationProperties("sallyport.tracker")
public record TrackerProperties(
        URI url,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("10s") Duration timeout,
        @DefaultValue("262144") long answerBytes) {

    public TrackerProperties {
        Settings.address("sallyport.tracker.url", url);
        Settings.positive("sallyport.tracker.connect-timeout", connectTimeout);
        Settings.positive("sallyport.tracker.timeout", timeout);
        Settings.between("sallyport.tracker.timeout", timeout.toSeconds(), 0, 15);
        Settings.between("sallyport.tracker.answer-bytes", answerBytes, 1, 10_000_000);
    }

    OneShotHttp.Limits limits() {
        return new OneShotHttp.Limits(connectTimeout, timeout, answerBytes);
    }
}
