package sallyport.routes.failure;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import sallyport.connectors.wire.Settings;

/**
 * How far a partner's wish to be left alone goes.
 *
 * @param longest a {@code Retry-After} stops all reads of that partner, for no longer than this
 */
@ConfigurationProperties("sallyport.partner-pause")
public record PartnerPauseProperties(@DefaultValue("5m") Duration longest) {

    public PartnerPauseProperties {
        Settings.positive("sallyport.partner-pause.longest", longest);
    }
}
