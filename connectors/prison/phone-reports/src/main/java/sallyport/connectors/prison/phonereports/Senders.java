package sallyport.connectors.prison.phonereports;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who may report. Whatever is not exactly one sender on the list is nobody on it. */
final class Senders {

    private static final Pattern DMARC_PASS = Pattern.compile("[;\\s]dmarc\\s*=\\s*pass\\b");

    private final List<String> allowed;
    private final @Nullable String authenticatedBy;

    Senders(List<String> allowed, @Nullable String authenticatedBy) {
        this.allowed = allowed;
        this.authenticatedBy = authenticatedBy;
    }

    /** By what the mail says of itself. */
    boolean mayReport(Message mail) throws MessagingException {
        Address[] from = mail.getFrom();
        if (from == null || from.length != 1 || !(from[0] instanceof InternetAddress one) || one.getAddress() == null) {
            return false;
        }
        String address = one.getAddress().toLowerCase(Locale.ROOT);
        int at = address.lastIndexOf('@');
        return at > 0
                && address.indexOf('@') == at
                && (allowed.contains(address) || allowed.contains(address.substring(at)));
    }

    /** By what the receiving server found: the topmost of its findings, since it writes above what came with the mail. */
    boolean isAuthenticated(Message mail) throws MessagingException {
        if (authenticatedBy == null) {
            return true;
        }
        String[] findings = mail.getHeader("Authentication-Results");
        if (findings == null || findings.length == 0) {
            return false;
        }
        String topmost = findings[0].toLowerCase(Locale.ROOT).strip();
        int end = topmost.indexOf(';');
        String server = end < 0 ? topmost : topmost.substring(0, end);
        // Behind the name may stand a version.
        return server.strip().split("\\s+")[0].equals(authenticatedBy)
                && DMARC_PASS.matcher(topmost).find();
    }
}
