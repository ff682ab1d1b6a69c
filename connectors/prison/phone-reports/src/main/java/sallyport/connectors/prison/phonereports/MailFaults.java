package sallyport.connectors.prison.phonereports;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.FolderNotFoundException;
import jakarta.mail.MessagingException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.iap.BadCommandException;
import org.eclipse.angus.mail.iap.CommandFailedException;
import org.eclipse.angus.mail.util.MailConnectException;
import org.eclipse.angus.mail.util.SocketConnectException;
import sallyport.connectors.wire.TlsFaults;
import sallyport.connectors.wire.Unavailable;

/**
 * Why a mailbox could not be read. Reading changes nothing, and putting away twice is once, so all of it may be tried again: always
 * {@link Unavailable}.
 *
 * <table>
 * <tr><td>unauthorised</td><td>the sign-in fails</td></tr>
 * <tr><td>no-such-folder</td><td>a folder is not there and cannot be made</td></tr>
 * <tr><td>imap-no</td><td>the server answers NO or BAD</td></tr>
 * <tr><td>connection-refused, unknown-host, no-route, connect-time-out</td><td>no connection</td></tr>
 * <tr><td>certificate-…, tls-handshake</td><td>as every partner</td></tr>
 * <tr><td>time-out, no-answer</td><td>silence, or a connection that was lost</td></tr>
 * </table>
 *
 * What the server wrote is in none of them.
 */
final class MailFaults {

    private static final int DEEPEST = 10;

    private MailFaults() {}

    /** @param late whether the whole of it took too long and was broken off by the hub */
    static Unavailable of(Exception failure, boolean late) {
        if (late) {
            return unavailable("time-out", "the mailbox took too long");
        }
        boolean connecting = has(failure, MailConnectException.class) || has(failure, SocketConnectException.class);
        Throwable each = failure;
        for (int depth = 0; each != null && depth < DEEPEST; depth++) {
            if (each instanceof AuthenticationFailedException) {
                return unavailable("unauthorised", "the mail server does not accept the user");
            }
            if (each instanceof FolderNotFoundException) {
                return unavailable("no-such-folder", "a folder is not there and cannot be made");
            }
            if (each instanceof CommandFailedException || each instanceof BadCommandException) {
                return unavailable("imap-no", "the mail server does not do what it is asked");
            }
            if (each instanceof SocketTimeoutException) {
                return unavailable(connecting ? "connect-time-out" : "time-out", "the mail server");
            }
            if (each instanceof SSLException) {
                TlsFaults.Fault fault = TlsFaults.of(each);
                return unavailable(fault.code(), fault.detail());
            }
            if (each instanceof UnknownHostException) {
                return unavailable("unknown-host", "the mail server");
            }
            if (each instanceof NoRouteToHostException) {
                return unavailable("no-route", "the mail server");
            }
            if (each instanceof ConnectException) {
                return unavailable("connection-refused", "the mail server");
            }
            each = next(each);
        }
        return unavailable("no-answer", "the mail server");
    }

    /** Whether the server answered, and answered no. */
    static boolean isRefusal(Unavailable failure) {
        return failure.code().equals("imap-no") || failure.code().equals("no-such-folder");
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> kind) {
        Throwable each = failure;
        for (int depth = 0; each != null && depth < DEEPEST; depth++) {
            if (kind.isInstance(each)) {
                return true;
            }
            each = next(each);
        }
        return false;
    }

    /** Jakarta Mail has a chain of its own beside the causes. */
    private static Throwable next(Throwable failure) {
        return failure instanceof MessagingException mail && mail.getNextException() != null
                ? mail.getNextException()
                : failure.getCause();
    }

    /** Without the cause: its message is what the server wrote. */
    private static Unavailable unavailable(String code, String detail) {
        return new Unavailable(code, detail, null, null);
    }
}
