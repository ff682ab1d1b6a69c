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
import org.jspecify.annotations.Nullable;

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
        Instant now = Instant.now();
        return make(authority, "localhost", now.minus(1, ChronoUnit.HOURS), now.plus(1, ChronoUnit.DAYS));
    }

    /**
     * With a server that may be wrong.
     *
     * @param host the only name it is for; {@code localhost} is 127.0.0.1 too
     * @param from when its certificate begins
     * @param until and when it ends
     */
    public static Certificates make(String authority, String host, Instant from, Instant until) {
        try {
            Path directory = Files.createTempDirectory("certificates");
            KeyPair rootKeys = keys();
            X500Principal root = new X500Principal("CN=" + authority);
            Instant now = Instant.now();
            Validity always = new Validity(now.minus(30, ChronoUnit.DAYS), now.plus(30, ChronoUnit.DAYS));
            X509Certificate rootCertificate = sign(root, rootKeys, root, rootKeys, null, always);
            Certificates made = new Certificates(
                    directory.resolve("server.p12"),
                    directory.resolve("client.p12"),
                    directory.resolve("trust.p12"),
                    PASSWORD);
            Authority above = new Authority(root, rootKeys, rootCertificate);
            issue(made.serverStore, "CN=" + host, above, host, new Validity(from, until));
            issue(made.clientStore, "CN=hub", above, "localhost", always);
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

    private record Authority(X500Principal name, KeyPair keys, X509Certificate certificate) {}

    private record Validity(Instant from, Instant until) {}

    private static void issue(Path file, String subject, Authority above, String host, Validity validity)
            throws GeneralSecurityException, OperatorCreationException, IOException {
        KeyPair own = keys();
        X509Certificate certificate = sign(new X500Principal(subject), own, above.name(), above.keys(), host, validity);
        KeyStore store = empty();
        PrivateKey key = own.getPrivate();
        store.setKeyEntry("key", key, PASSWORD.toCharArray(), new Certificate[] {certificate, above.certificate()});
        store(store, file);
    }

    /** @param host null for an authority */
    private static X509Certificate sign(
            X500Principal subject,
            KeyPair own,
            X500Principal issuer,
            KeyPair issuerKeys,
            @Nullable String host,
            Validity validity)
            throws GeneralSecurityException, OperatorCreationException, IOException {
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                issuer,
                BigInteger.valueOf(System.nanoTime()),
                Date.from(validity.from()),
                Date.from(validity.until()),
                subject,
                own.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(host == null));
        if (host != null) {
            GeneralName name = new GeneralName(GeneralName.dNSName, host);
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(
                            host.equals("localhost")
                                    ? new GeneralName[] {name, new GeneralName(GeneralName.iPAddress, "127.0.0.1")}
                                    : new GeneralName[] {name}));
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
