package sallyport.simulators.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * One authority and the identities it signed, in PKCS12 files that only their owner may read. Made once; what is there is used
 * again, so a later start must come with the same password.
 */
public final class Certificates {

    /** Identity of somebody whom the authority signed but who is no force. */
    public static final String STRANGER = "stranger";

    private static final String AUTHORITY = "authority";
    private static final String ALIAS = "identity";
    private static final Duration VALID = Duration.ofDays(3650);

    private final Path directory;
    private final String password;

    private Certificates(Path directory, String password) {
        this.directory = directory;
        this.password = password;
    }

    /** Makes whatever is not there yet. */
    public static Certificates open(Path directory, String password, List<String> forces) {
        Certificates certificates = new Certificates(directory, password);
        try {
            Files.createDirectories(directory);
            certificates.makeMissing(forces);
            return certificates;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("cannot make certificates in " + directory, e);
        }
    }

    public Path hub() {
        return file("hub");
    }

    public Path server() {
        return file("server");
    }

    public Path trust() {
        return file("truststore");
    }

    public Path force(String code) {
        return file(forceName(code));
    }

    public String password() {
        return password;
    }

    /** The common name on a force's client certificate. */
    public static String forceName(String code) {
        return "force-" + code;
    }

    /** For a client or a server with that identity, trusting the authority and nobody else. */
    public SSLContext context(String identity) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers(identity), trustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot use the certificate of " + identity, e);
        }
    }

    public KeyManager[] keyManagers(String identity) {
        try {
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(load(file(identity)), password.toCharArray());
            return factory.getKeyManagers();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot use the certificate of " + identity, e);
        }
    }

    public TrustManager[] trustManagers() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(load(trust()));
            return factory.getTrustManagers();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot use the trust store", e);
        }
    }

    private Path file(String name) {
        return directory.resolve(name + ".p12");
    }

    // ---- making

    private record Authority(X509Certificate certificate, PrivateKey key) {}

    private void makeMissing(List<String> forces)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        Authority authority = authority();
        if (!Files.exists(trust())) {
            KeyStore store = empty();
            store.setCertificateEntry(AUTHORITY, authority.certificate());
            save(store, trust());
        }
        identity(authority, "hub");
        identity(authority, "server");
        identity(authority, STRANGER);
        for (String force : forces) {
            identity(authority, forceName(force));
        }
    }

    private Authority authority() throws IOException, GeneralSecurityException, OperatorCreationException {
        Path file = file(AUTHORITY);
        if (!Files.exists(file)) {
            KeyPair pair = keyPair();
            X500Name name = new X500Name("CN=Sallyport simulators authority");
            X509v3CertificateBuilder builder = builder(name, name, pair)
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            save(store(pair, sign(builder, pair.getPrivate())), file);
        }
        KeyStore store = load(file);
        return new Authority((X509Certificate) store.getCertificate(ALIAS), (PrivateKey)
                store.getKey(ALIAS, password.toCharArray()));
    }

    private void identity(Authority authority, String name)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        if (Files.exists(file(name))) {
            return;
        }
        KeyPair pair = keyPair();
        X500Name issuer = X500Name.getInstance(
                authority.certificate().getSubjectX500Principal().getEncoded());
        X509v3CertificateBuilder builder = builder(issuer, new X500Name("CN=" + name), pair)
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
                    KeyPurposeId.id_kp_clientAuth, KeyPurposeId.id_kp_serverAuth
                }))
                .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[] {
                    new GeneralName(GeneralName.dNSName, "localhost"),
                    new GeneralName(GeneralName.iPAddress, "127.0.0.1")
                }));
        save(store(pair, sign(builder, authority.key()), authority.certificate()), file(name));
    }

    private static X509v3CertificateBuilder builder(X500Name issuer, X500Name subject, KeyPair pair)
            throws IOException {
        Instant now = Instant.now();
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(120, new SecureRandom()),
                Date.from(now.minus(Duration.ofDays(1))),
                Date.from(now.plus(VALID)),
                subject,
                pair.getPublic());
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
            throws GeneralSecurityException, OperatorCreationException {
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
    }

    private static KeyPair keyPair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private KeyStore store(KeyPair pair, Certificate... chain) throws IOException, GeneralSecurityException {
        KeyStore store = empty();
        store.setKeyEntry(ALIAS, pair.getPrivate(), password.toCharArray(), chain);
        return store;
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private KeyStore load(Path file) throws GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password.toCharArray());
            return store;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Written aside and moved, so that a death in between leaves no half a file. */
    private void save(KeyStore store, Path file) throws IOException, GeneralSecurityException {
        Path aside = Files.createTempFile(
                directory,
                "new",
                ".p12",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (OutputStream out = Files.newOutputStream(aside)) {
            store.store(out, password.toCharArray());
        }
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
