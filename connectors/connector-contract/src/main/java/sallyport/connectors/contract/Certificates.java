package sallyport.connectors.contract;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * One invented authority with a server and a client below it, as PKCS12 files in a directory of their own. The server is
 * {@code localhost} and 127.0.0.1.
 *
 * @param serverStore key of the server
 * @param clientStore key of the hub
 * @param trustStore the authority, for either side
 * @param password opens all three
 */
public record Certificates(Path serverStore, Path clientStore, Path trustStore, String password) {

    private static final String PASSWORD = "only-for-tests";

    public static Certificates make(String authority) {
        try {
            Path directory = Files.createTempDirectory("certificates");
            KeyPair rootKeys = keys();
            X500Principal root = new X500Principal("CN=" + authority);
            X509Certificate rootCertificate = sign(root, rootKeys, root, rootKeys, true);
            Certificates made = new Certificates(
                    directory.resolve("server.p12"),
                    directory.resolve("client.p12"),
                    directory.resolve("trust.p12"),
                    PASSWORD);
            issue(made.serverStore, "CN=localhost", root, rootKeys, rootCertificate);
            issue(made.clientStore, "CN=hub", root, rootKeys, rootCertificate);
            KeyStore trust = empty();
            trust.setCertificateEntry("authority", rootCertificate);
            store(trust, made.trustStore);
            return made;
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        } catch (GeneralSecurityException | OperatorCreationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The server's side, for sockets that a test opens itself. */
    public SSLContext server() {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(KeyStore.getInstance(serverStore.toFile(), password.toCharArray()), password.toCharArray());
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(KeyStore.getInstance(trustStore.toFile(), password.toCharArray()));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void issue(
            Path file, String subject, X500Principal root, KeyPair rootKeys, X509Certificate rootCertificate)
            throws GeneralSecurityException, OperatorCreationException, IOException {
        KeyPair own = keys();
        X509Certificate certificate = sign(new X500Principal(subject), own, root, rootKeys, false);
        KeyStore store = empty();
        PrivateKey key = own.getPrivate();
        store.setKeyEntry("key", key, PASSWORD.toCharArray(), new Certificate[] {certificate, rootCertificate});
        store(store, file);
    }

    private static X509Certificate sign(
            X500Principal subject, KeyPair own, X500Principal issuer, KeyPair issuerKeys, boolean authority)
            throws GeneralSecurityException, OperatorCreationException, IOException {
        Instant now = Instant.now();
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                issuer,
                BigInteger.valueOf(System.nanoTime()),
                Date.from(now.minus(1, ChronoUnit.HOURS)),
                Date.from(now.plus(1, ChronoUnit.DAYS)),
                subject,
                own.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
        if (!authority) {
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[] {
                new GeneralName(GeneralName.dNSName, "localhost"), new GeneralName(GeneralName.iPAddress, "127.0.0.1")
            }));
        }
        return new JcaX509CertificateConverter()
                .getCertificate(
                        builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKeys.getPrivate())));
    }

    private static KeyPair keys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static void store(KeyStore store, Path file) throws GeneralSecurityException, IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
    }
}
