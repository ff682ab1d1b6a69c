package sallyport.connectors.police.ihub;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import sallyport.connectors.wire.OneShotHttp;
import sallyport.connectors.wire.Settings;

/**
 * Limits of every call to every force; where a force is stands in the forces file.
 *
 * @param connectTimeout until the TCP connection stands
 * @param timeout from the first step to the last byte of the answer; at most half the lease of an effect
 * @param answerBytes the largest answer that is read
 */
@ConfigurationProperties("sallyport.ihub")
public record IhubProperties(
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("30s") Duration timeout,
        @DefaultValue("65536") long answerBytes) {

    public IhubProperties {
        Settings.positive("sallyport.ihub.connect-timeout", connectTimeout);
        Settings.positive("sallyport.ihub.timeout", timeout);
        Settings.between("sallyport.ihub.timeout", timeout.toSeconds(), 0, 60);
        Settings.between("sallyport.ihub.answer-bytes", answerBytes, 1, 10_000_000);
    }

    OneShotHttp.Limits limits() {
        return new OneShotHttp.Limits(connectTimeout, timeout, answerBytes);
    }
}
