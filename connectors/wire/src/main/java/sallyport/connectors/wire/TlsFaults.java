package sallyport.connectors.wire;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateRevokedException;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Why a TLS handshake failed, as one of a fixed number of codes, with the time where it is one of the certificate's. Names of
 * certificates are left out: whoever answers can put anything into them.
 *
 * <table>
 * <tr><td>certificate-expired</td><td>one in the partner's chain; the detail says since when</td></tr>
 * <tr><td>certificate-not-yet-valid</td><td>one in the partner's chain; the detail says from when</td></tr>
 * <tr><td>certificate-revoked</td><td>its authority took it back</td></tr>
 * <tr><td>certificate-hostname-mismatch</td><td>it is for another host</td></tr>
 * <tr><td>certificate-untrusted</td><td>by none of the authorities that the hub trusts</td></tr>
 * <tr><td>own-certificate-refused</td><td>the partner does not take the hub's; the detail says with which alert</td></tr>
 * <tr><td>tls-handshake</td><td>anything else, such as no version or cipher in common</td></tr>
 * </table>
 */
public final class TlsFaults {

    /** A code, and what more there is to say. */
    public record Fault(String code, String detail) {}

    /** Alerts that speak of the hub's certificate, or of its having shown none. */
    private static final List<String> OF_OUR_CERTIFICATE = List.of(
            "certificate_required",
            "certificate_expired",
            "certificate_revoked",
            "certificate_unknown",
            "unsupported_certificate",
            "bad_certificate",
            "unknown_ca",
            "access_denied",
            "no_certificate");

    private static final String RECEIVED = "Received fatal alert";
    /** How the JDK's own exceptions write the time when they carry no certificate. */
    private static final Pattern JDK_DATE = Pattern.compile(
            "Not(?:After|Before): ([A-Z][a-z]{2} [A-Z][a-z]{2} [0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2} [A-Z]{3,5} [0-9]{4})");

    private static final DateTimeFormatter JDK_FORMAT =
            DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss zzz yyyy", Locale.ENGLISH);

    private static final List<String> MISMATCHES =
            List.of("No subject alternative", "No Subject alternative", "No name matching");

    private TlsFaults() {}

    /** @param handshake with all its causes */
    public static Fault of(Throwable handshake) {
        Throwable each = handshake;
        for (int depth = 0; each != null && depth < 10; depth++) {
            if (each instanceof CertificateExpiredException expired) {
                return dated("certificate-expired", "expired at ", until(handshake, expired));
            }
            if (each instanceof CertificateNotYetValidException early) {
                return dated("certificate-not-yet-valid", "not valid before ", from(handshake, early));
            }
            if (each instanceof CertificateRevokedException) {
                return new Fault("certificate-revoked", "its authority revoked it");
            }
            each = each.getCause();
        }
        each = handshake;
        for (int depth = 0; each != null && depth < 10; depth++) {
            if (each instanceof CertPathBuilderException || each instanceof CertPathValidatorException) {
                return new Fault("certificate-untrusted", "by no authority that the hub trusts");
            }
            if (each instanceof CertificateException && mismatch(String.valueOf(each.getMessage()))) {
                return new Fault("certificate-hostname-mismatch", "the certificate is for another host");
            }
            each = each.getCause();
        }
        return refusal(handshake)
                .map(alert -> new Fault("own-certificate-refused", "alert " + alert))
                .orElseGet(() -> new Fault("tls-handshake", "no connection could be agreed on"));
    }

    private static Fault dated(String code, String words, @Nullable Instant at) {
        return new Fault(code, at == null ? words.strip() + " a time it does not tell" : words + at);
    }

    private static boolean mismatch(String message) {
        return MISMATCHES.stream().anyMatch(message::startsWith);
    }

    /** The alert's own word: it is one of a list, so it says nothing that the partner could have made up. */
    private static Optional<String> refusal(Throwable handshake) {
        Throwable each = handshake;
        for (int depth = 0; each != null && depth < 10; depth++) {
            String message = String.valueOf(each.getMessage());
            if (message.contains(RECEIVED)) {
                return OF_OUR_CERTIFICATE.stream().filter(message::contains).findFirst();
            }
            each = each.getCause();
        }
        return Optional.empty();
    }

    private static @Nullable Instant until(Throwable handshake, Exception expired) {
        X509Certificate certificate = certificate(handshake);
        return certificate == null
                ? written(expired)
                : certificate.getNotAfter().toInstant();
    }

    private static @Nullable Instant from(Throwable handshake, Exception early) {
        X509Certificate certificate = certificate(handshake);
        return certificate == null ? written(early) : certificate.getNotBefore().toInstant();
    }

    /** The one in the chain at which the check of the path ended. */
    private static @Nullable X509Certificate certificate(Throwable handshake) {
        Throwable each = handshake;
        for (int depth = 0; each != null && depth < 10; depth++) {
            if (each instanceof CertPathValidatorException path && path.getCertPath() != null && path.getIndex() >= 0) {
                List<? extends Certificate> chain = path.getCertPath().getCertificates();
                if (path.getIndex() < chain.size() && chain.get(path.getIndex()) instanceof X509Certificate found) {
                    return found;
                }
            }
            each = each.getCause();
        }
        return null;
    }

    private static @Nullable Instant written(Exception dated) {
        var date = JDK_DATE.matcher(String.valueOf(dated.getMessage()));
        try {
            return date.find() ? Instant.from(JDK_FORMAT.parse(date.group(1))) : null;
        } catch (DateTimeException unreadable) {
            return null;
        }
    }
}
