package sallyport.connectors.prison.phonereports;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import sallyport.connectors.wire.Settings;

/**
 * The mailbox to which telephone reports are sent, and who may send them.
 *
 * @param host of the IMAP server. Off until it is set.
 * @param port where it listens
 * @param security {@code tls} from the first byte, {@code starttls} (demanded), or {@code none}, only on this machine
 * @param truststore PKCS12 with the authority of the server's certificate; those of the Java runtime when it is empty
 * @param truststorePassword opens it
 * @param user who signs in
 * @param password of that user
 * @param folder where reports arrive
 * @param processedFolder where a mail goes once its bytes are in the ledger; made when it is missing
 * @param refusedFolder where a mail goes that was not taken, with a work item for a person; made when it is missing
 * @param senders who may report: addresses, or {@code @example.org} for everybody there. Nobody else's mail is taken.
 * @param authenticatedBy the name under which the receiving mail server writes {@code Authentication-Results}; when it is set, a mail
 *     counts as its sender's only with {@code dmarc=pass} of that server. Without it a sender is who they say they are.
 * @param maxMail larger mails are not read
 * @param mailsPerRead how many mails are read before they are committed
 * @param connectTimeout until the connection stands
 * @param timeout for each answer of the server
 * @param totalTimeout from the first step to the last byte of one reading
 */
@ConfigurationProperties("sallyport.phone-reports")
public record PhoneReportsProperties(
        String host,
        @DefaultValue("993") int port,
        @DefaultValue("tls") Security security,
        @Nullable Path truststore,
        @Nullable String truststorePassword,
        String user,
        String password,
        @DefaultValue("INBOX") String folder,
        @DefaultValue("Processed") String processedFolder,
        @DefaultValue("Refused") String refusedFolder,
        @DefaultValue List<String> senders,
        @Nullable String authenticatedBy,
        @DefaultValue("10MB") DataSize maxMail,
        @DefaultValue("10") int mailsPerRead,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("30s") Duration timeout,
        @DefaultValue("5m") Duration totalTimeout) {

    /** How the way to the server is kept from others. */
    public enum Security {
        TLS,
        STARTTLS,
        NONE
    }

    private static final String PREFIX = "sallyport.phone-reports.";
    private static final int MOST_SENDERS = 1_000;

    public PhoneReportsProperties {
        Settings.required(PREFIX + "host", host);
        Settings.between(PREFIX + "port", port, 1, 65_535);
        if (security == Security.NONE && !isThisMachine(host)) {
            throw Settings.wrong(PREFIX + "security", "must be tls or starttls, unless it is on this machine");
        }
        truststore = truststore == null || truststore.toString().isBlank() ? null : truststore;
        if (truststore != null) {
            Settings.required(PREFIX + "truststore-password", truststorePassword);
        }
        Settings.required(PREFIX + "user", user);
        Settings.required(PREFIX + "password", password);
        Settings.required(PREFIX + "folder", folder);
        Settings.required(PREFIX + "processed-folder", processedFolder);
        Settings.required(PREFIX + "refused-folder", refusedFolder);
        if (folder.equalsIgnoreCase(processedFolder) || folder.equalsIgnoreCase(refusedFolder)) {
            throw Settings.wrong(PREFIX + "processed-folder", "and refused-folder must be other folders than folder");
        }
        senders = senders.stream()
                .map(sender -> sender.strip().toLowerCase(Locale.ROOT))
                .filter(sender -> !sender.isEmpty())
                .toList();
        Settings.between(PREFIX + "senders", senders.size(), 1, MOST_SENDERS);
        senders.forEach(PhoneReportsProperties::address);
        authenticatedBy = authenticatedBy == null || authenticatedBy.isBlank()
                ? null
                : authenticatedBy.strip().toLowerCase(Locale.ROOT);
        Settings.between(PREFIX + "max-mail", maxMail.toBytes(), 1_024, 64L << 20);
        Settings.between(PREFIX + "mails-per-read", mailsPerRead, 1, 100);
        Settings.positive(PREFIX + "connect-timeout", connectTimeout);
        Settings.positive(PREFIX + "timeout", timeout);
        Settings.positive(PREFIX + "total-timeout", totalTimeout);
    }

    private static void address(String sender) {
        try {
            new InternetAddress(sender.startsWith("@") ? "anybody" + sender : sender, true).validate();
        } catch (AddressException none) {
            throw Settings.wrong(PREFIX + "senders", "must be e-mail addresses, or @ and a domain");
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
        return "PhoneReportsProperties[host=" + host + ", port=" + port + "]";
    }
}
