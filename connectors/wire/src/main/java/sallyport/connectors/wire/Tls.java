package sallyport.connectors.wire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * TLS 1.2 or later with the hub's own certificate, trusting the partners' authorities and nobody else. A file that cannot be
 * read is an {@link IllegalArgumentException} that names the setting and never the password.
 */
public final class Tls {

    private Tls() {}

    public static SSLContext context(TlsProperties properties) {
        KeyStore own = load("sallyport.tls.keystore", properties.keystore(), properties.password());
        KeyStore trusted = load("sallyport.tls.truststore", properties.truststore(), properties.password());
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, properties.password().toCharArray());
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException unusable) {
            throw Settings.wrong("sallyport.tls.keystore", "holds no key that sallyport.tls.password opens");
        }
    }

    private static KeyStore load(String setting, Path file, String password) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password.toCharArray());
            return store;
        } catch (IOException | GeneralSecurityException unreadable) {
            throw Settings.wrong(setting, "must be a PKCS12 file that sallyport.tls.password opens");
        }
    }
}
