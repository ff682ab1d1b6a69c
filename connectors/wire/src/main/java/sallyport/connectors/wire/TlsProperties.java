package sallyport.connectors.wire;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The hub's identity towards partners and the authorities it trusts.
 *
 * @param keystore PKCS12 with the hub's key and certificate
 * @param truststore PKCS12 with the partners' authorities
 * @param password opens both
 */
@ConfigurationProperties("sallyport.tls")
public record TlsProperties(Path keystore, Path truststore, String password) {

    public TlsProperties {
        Settings.required("sallyport.tls.keystore", keystore);
        Settings.required("sallyport.tls.truststore", truststore);
        Settings.required("sallyport.tls.password", password);
    }

    @Override
    public String toString() {
        return "TlsProperties[keystore=" + keystore + ", truststore=" + truststore + "]";
    }
}
