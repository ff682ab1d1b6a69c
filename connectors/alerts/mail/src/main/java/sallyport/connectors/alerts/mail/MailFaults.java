package sallyport.connectors.alerts.mail;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.util.MailConnectException;
import org.eclipse.angus.mail.util.SocketConnectException;
import sallyport.connectors.wire.TlsFaults;
import sallyport.connectors.wire.Unavailable;
import sallyport.connectors.wire.Unknown;
import sallyport.mappings.Rejected;

/**
 * What the server's answers, and its silence, mean. Before the text of a mail was asked for nothing of it can have been taken.
 *
 * <table>
 * <tr><td>250 after the text</td><td>taken</td></tr>
 * <tr><td>4xx</td><td>{@code Unavailable(smtp-NNN)}</td></tr>
 * <tr><td>5xx</td><td>{@code Rejected(smtp-NNN)}</td></tr>
 * <tr><td>the sign-in fails</td><td>{@code Unavailable(unauthorised)}: an operator can mend it</td></tr>
 * <tr><td>no connection, no TLS</td><td>{@code Unavailable}, by the codes that every partner has</td></tr>
 * <tr><td>silence or a lost connection before the text</td><td>{@code Unavailable(time-out, no-answer)}</td></tr>
 * <tr><td>the same once the text was asked for</td><td>{@code Unknown(time-out, no-answer)}</td></tr>
 * </table>
 */
final class MailFaults {

    private static final int DEEPEST = 10;

    private MailFaults() {}

    /** @param left whether the server asked for the text */
    static RuntimeException of(MessagingException failure, boolean left) {
        int code = code(failure);
        if (code >= 500 && code < 600) {
            return failure instanceof AuthenticationFailedException
                    ? unauthorised()
                    : new Rejected("smtp-" + code, "/");
        }
        if (code >= 400 && code < 500) {
            return new Unavailable("smtp-" + code, "the mail server said so", null, null);
        }
        Throwable each = failure;
        for (int depth = 0; each != null && depth < DEEPEST; depth++) {
            if (each instanceof AuthenticationFailedException) {
                return unauthorised();
            }
            if (each instanceof SSLHandshakeException || each instanceof SSLPeerUnverifiedException) {
                TlsFaults.Fault fault = TlsFaults.of(each);
                return new Unavailable(fault.code(), fault.detail(), null, null);
            }
            if (each instanceof UnknownHostException) {
                return new Unavailable("unknown-host", "the mail server", null, null);
            }
            if (each instanceof NoRouteToHostException) {
                return new Unavailable("no-route", "the mail server", null, null);
            }
            if (each instanceof ConnectException) {
                return new Unavailable("connection-refused", "the mail server", null, null);
            }
            each = each.getCause();
        }
        boolean connecting = has(failure, MailConnectException.class) || has(failure, SocketConnectException.class);
        if (has(failure, SocketTimeoutException.class)) {
            return connecting
                    ? new Unavailable("connect-time-out", "the mail server", null, null)
                    : noAnswer("time-out", left);
        }
        return noAnswer("no-answer", left);
    }

    private static RuntimeException unauthorised() {
        return new Unavailable("unauthorised", "the mail server does not accept the user", null, null);
    }

    private static RuntimeException noAnswer(String code, boolean left) {
        return left
                ? new Unknown(code, "the mail server had the text", null)
                : new Unavailable(code, "the mail server", null, null);
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> kind) {
        Throwable each = failure;
        for (int depth = 0; each != null && depth < DEEPEST; depth++) {
            if (kind.isInstance(each)) {
                return true;
            }
            each = each.getCause();
        }
        return false;
    }

    /** What the server said; -1 when it said nothing. */
    private static int code(Throwable failure) {
        Throwable each = failure;
        for (int depth = 0; each != null && depth < DEEPEST; depth++) {
            int code = -1;
            if (each instanceof SMTPAddressFailedException refused) {
                code = refused.getReturnCode();
            } else if (each instanceof SMTPSenderFailedException refused) {
                code = refused.getReturnCode();
            } else if (each instanceof SMTPSendFailedException refused) {
                code = refused.getReturnCode();
            }
            if (code >= 400) {
                return code;
            }
            each = each.getCause();
        }
        return -1;
    }
}
