package sallyport.connectors.alerts.mail;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.Date;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sallyport.connectors.wire.Accepted;

/** Hands one mail to the server, once, over a connection of its own. */
final class MailServer {

    private static final Logger log = LoggerFactory.getLogger(MailServer.class);

    private final MailProperties properties;
    private final Session session;
    private final Clock clock;

    MailServer(MailProperties properties, Clock clock) {
        this.properties = properties;
        this.session = Session.getInstance(settings(properties));
        this.clock = clock;
    }

    private static Properties settings(MailProperties properties) {
        Properties settings = new Properties();
        for (String protocol : new String[] {"smtp", "smtps"}) {
            String prefix = "mail." + protocol + ".";
            settings.setProperty(
                    prefix + "connectiontimeout",
                    Long.toString(properties.connectTimeout().toMillis()));
            settings.setProperty(
                    prefix + "timeout", Long.toString(properties.timeout().toMillis()));
            settings.setProperty(
                    prefix + "writetimeout", Long.toString(properties.timeout().toMillis()));
            settings.setProperty(prefix + "ssl.checkserveridentity", "true");
            settings.setProperty(prefix + "ssl.protocols", "TLSv1.3 TLSv1.2");
            settings.setProperty(prefix + "localhost", "sallyport");
            settings.setProperty(prefix + "auth", Boolean.toString(properties.user() != null));
            // One address that is gone must not keep the others from being told.
            settings.setProperty(prefix + "sendpartial", "true");
            settings.setProperty(prefix + "quitwait", "false");
        }
        boolean startTls = properties.security() == MailProperties.Security.STARTTLS;
        settings.setProperty("mail.smtp.starttls.enable", Boolean.toString(startTls));
        settings.setProperty("mail.smtp.starttls.required", Boolean.toString(startTls));
        return settings;
    }

    /** @throws RuntimeException one of the three failures */
    Accepted send(AlertMail mail) {
        Letter letter = new Letter(session);
        try (SMTPTransport transport = transport()) {
            letter.write(mail, properties, Date.from(clock.instant()));
            transport.connect(properties.host(), properties.port(), properties.user(), properties.password());
            transport.sendMessage(letter, letter.getAllRecipients());
            return new Accepted(
                    Integer.toString(transport.getLastReturnCode()),
                    String.valueOf(transport.getLastServerResponse()).getBytes(UTF_8),
                    false);
        } catch (SendFailedException some) {
            Address[] told = some.getValidSentAddresses();
            if (told != null && told.length > 0) {
                log.warn(
                        "alert mail {}: {} of {} addresses were refused",
                        mail.messageId(),
                        properties.to().size() - told.length,
                        properties.to().size());
                return new Accepted("250", "some addresses".getBytes(UTF_8), false);
            }
            throw MailFaults.of(some, letter.left);
        } catch (MessagingException failure) {
            throw MailFaults.of(failure, letter.left);
        }
    }

    private SMTPTransport transport() throws MessagingException {
        String protocol = properties.security() == MailProperties.Security.TLS ? "smtps" : "smtp";
        return (SMTPTransport) session.getTransport(protocol);
    }

    /** A message that knows whether its text was asked for. */
    private static final class Letter extends MimeMessage {

        private volatile boolean left;
        private @Nullable String id;

        Letter(Session session) {
            super(session);
        }

        void write(AlertMail mail, MailProperties properties, Date at) throws MessagingException {
            id = "<" + mail.messageId() + "@sallyport>";
            setFrom(new InternetAddress(properties.from(), true));
            for (String address : properties.to()) {
                addRecipient(Message.RecipientType.TO, new InternetAddress(address, true));
            }
            setSubject(mail.subject(), "UTF-8");
            setText(mail.text(), "UTF-8");
            setSentDate(at);
            // Nobody's absence notice answers an alert.
            setHeader("Auto-Submitted", "auto-generated");
            saveChanges();
        }

        /** The same alert again bears the same id. */
        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }

        @Override
        public void writeTo(OutputStream out, String[] ignored) throws IOException, MessagingException {
            left = true;
            super.writeTo(out, ignored);
        }
    }
}
