package sallyport.connectors.alerts.mail;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import sallyport.connectors.wire.Settings;

/**
 * The mail server that takes alerts, and who gets them.
 *
 * @param host of the server that takes mail. Off until it is set.
 * @param port where it listens
 * @param security {@code starttls} (demanded), {@code tls} from the first byte, or {@code none}, only on this machine
 * @param user who signs in; nobody when it is empty
 * @param password of that user
 * @param from the sender's address
 * @param to the addresses of the people on call
 * @param connectTimeout until the connection stands
 * @param timeout for each answer of the server
 */
@ConfigurationProperties("sallyport.alerts.mail")
public record MailProperties(
        String host,
        @DefaultValue("587") int port,
        @DefaultValue("starttls") Security security,
        @Nullable String user,
        @Nullable String password,
        String from,
        @DefaultValue List<String> to,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("10s") Duration timeout) {

    /** How the way to the server is kept from others. */
    public enum Security {
        STARTTLS,
        TLS,
        NONE
    }

    private static final int MOST_ADDRESSES = 50;

    public MailProperties {
        Settings.required("sallyport.alerts.mail.host", host);
        Settings.between("sallyport.alerts.mail.port", port, 1, 65_535);
        if (security == Security.NONE && !isThisMachine(host)) {
            throw Settings.wrong(
                    "sallyport.alerts.mail.security", "must be starttls or tls, unless it is on this machine");
        }
        Settings.required("sallyport.alerts.mail.from", from);
        address("sallyport.alerts.mail.from", from);
        to = List.copyOf(to);
        Settings.between("sallyport.alerts.mail.to", to.size(), 1, MOST_ADDRESSES);
        to.forEach(each -> address("sallyport.alerts.mail.to", each));
        user = user == null || user.isBlank() ? null : user;
        if (user != null) {
            Settings.required("sallyport.alerts.mail.password", password);
        }
        Settings.positive("sallyport.alerts.mail.connect-timeout", connectTimeout);
        Settings.positive("sallyport.alerts.mail.timeout", timeout);
    }

    private static void address(String setting, String text) {
        try {
            new InternetAddress(text, true).validate();
        } catch (AddressException none) {
            throw Settings.wrong(setting, "must be an e-mail address");
        }
    }

    private static boolean isThisMachine(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "MailProperties[host=" + host + ", port=" + port + "]";
    }
}
