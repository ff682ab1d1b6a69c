package sallyport.connectors.alerts.webhook;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import sallyport.connectors.wire.OneShotHttp;
import sallyport.connectors.wire.Settings;

/**
 * Where alerts are posted.
 *
 * @param url the whole address; https, or http on this machine. Off until it is set.
 * @param secret at least 32 characters that both sides know: signs each message
 * @param connectTimeout until the TCP connection stands
 * @param timeout from the first step to the last byte of the answer
 * @param answerBytes the largest answer that is read
 */
@ConfigurationProperties("sallyport.alerts.webhook")
public record WebhookProperties(
        URI url,
        String secret,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("10s") Duration timeout,
        @DefaultValue("65536") long answerBytes) {

    private static final int SHORTEST_SECRET = 32;

    public WebhookProperties {
        Settings.address("sallyport.alerts.webhook.url", url);
        if (url.getScheme().equals("http") && !isThisMachine(url.getHost())) {
            throw Settings.wrong("sallyport.alerts.webhook.url", "must be https, unless it is on this machine");
        }
        Settings.required("sallyport.alerts.webhook.secret", secret);
        if (secret.length() < SHORTEST_SECRET) {
            throw Settings.wrong("sallyport.alerts.webhook.secret", "must have at least 32 characters");
        }
        Settings.positive("sallyport.alerts.webhook.connect-timeout", connectTimeout);
        Settings.positive("sallyport.alerts.webhook.timeout", timeout);
        Settings.between("sallyport.alerts.webhook.timeout", timeout.toSeconds(), 0, 25);
        Settings.between("sallyport.alerts.webhook.answer-bytes", answerBytes, 1, 10_000_000);
    }

    private static boolean isThisMachine(String host) {
        try {
            return host.equals("localhost") || InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    OneShotHttp.Limits limits() {
        return new OneShotHttp.Limits(connectTimeout, timeout, answerBytes);
    }

    @Override
    public String toString() {
        return "WebhookProperties[url=" + url + "]";
    }
}
