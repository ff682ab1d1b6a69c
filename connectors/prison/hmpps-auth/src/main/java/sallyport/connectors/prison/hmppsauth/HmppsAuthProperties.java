package sallyport.connectors.prison.hmppsauth;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import sallyport.connectors.wire.OneShotHttp;
import sallyport.connectors.wire.Settings;

/**
 * Where tokens come from, and as whom; off until the address is set.
 *
 * @param url the issuer, such as {@code https://sign-in.example/auth}; {@code /oauth/token} is added
 * @param connectTimeout until the connection stands
 * @param timeout until the token is there
 * @param renewBefore a token this close to its end is renewed first; at most half its life
 */
@ConfigurationProperties("sallyport.hmpps-auth")
public record HmppsAuthProperties(
        URI url,
        String clientId,
        String clientSecret,
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("5s") Duration timeout,
        @DefaultValue("30s") Duration renewBefore) {

    private static final long LARGEST_TOKEN = 64 * 1024;

    public HmppsAuthProperties {
        Settings.address("sallyport.hmpps-auth.url", url);
        Settings.required("sallyport.hmpps-auth.client-id", clientId);
        Settings.required("sallyport.hmpps-auth.client-secret", clientSecret);
        Settings.positive("sallyport.hmpps-auth.connect-timeout", connectTimeout);
        Settings.positive("sallyport.hmpps-auth.timeout", timeout);
        Settings.positive("sallyport.hmpps-auth.renew-before", renewBefore);
    }

    OneShotHttp.Limits limits() {
        return new OneShotHttp.Limits(connectTimeout, timeout, LARGEST_TOKEN);
    }

    @Override
    public String toString() {
        return "HmppsAuthProperties[url=" + url + ", clientId=" + clientId + "]";
    }
}
