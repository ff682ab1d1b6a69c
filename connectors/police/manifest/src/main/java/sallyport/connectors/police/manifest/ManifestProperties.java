package sallyport.connectors.police.manifest;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import sallyport.connectors.wire.OneShotHttp;
import sallyport.connectors.wire.Settings;

/**
 * Limits of every call to every force's manifest; where it is and whose key signs it stands in the forces file.
 *
 * @param connectTimeout until the TCP connection stands
 * @param timeout from the first step to the last byte of the answer
 * @param maxAnswer the largest manifest that is read
 * @param fresh a manifest that was made longer ago than this does not tell that something has not arrived
 */
@ConfigurationProperties("sallyport.manifest")
public record ManifestProperties(
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("20s") Duration timeout,
        @DefaultValue("32MB") DataSize maxAnswer,
        @DefaultValue("1m") Duration fresh) {

    public ManifestProperties {
        Settings.positive("sallyport.manifest.connect-timeout", connectTimeout);
        Settings.positive("sallyport.manifest.timeout", timeout);
        // Two days are read for one question, within half the lease of an effect.
        Settings.between("sallyport.manifest.timeout", timeout.toSeconds(), 0, 30);
        Settings.between("sallyport.manifest.max-answer", maxAnswer.toBytes(), 1, Integer.MAX_VALUE);
        Settings.positive("sallyport.manifest.fresh", fresh);
    }

    OneShotHttp.Limits limits() {
        return new OneShotHttp.Limits(connectTimeout, timeout, maxAnswer.toBytes());
    }
}
