package sallyport.connectors.police.partnerport;

import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import sallyport.connectors.wire.Tls;
import sallyport.connectors.wire.TlsProperties;

/**
 * A Tomcat connector of its own for partners: TLS 1.2 or later, a client certificate of a trusted authority or no handshake,
 * and an end to every silence.
 */
final class PartnerConnector implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private static final int KEEP_ALIVE_REQUESTS = 100;
    private static final int HEAD_BYTES = 8 * 1024;

    private final Connector connector;

    PartnerConnector(PartnerPortProperties properties, TlsProperties tls) {
        // Tomcat would report an unusable key store with a page of stack trace; this names the setting.
        Tls.context(tls);
        Connector partner = new Connector(Http11NioProtocol.class.getName());
        partner.setPort(properties.port());
        partner.setScheme("https");
        partner.setSecure(true);
        partner.setAllowTrace(false);
        partner.setXpoweredBy(false);
        // Nothing here is a form: a parsed one would read the body before the gate has counted it.
        partner.setParseBodyMethods("");
        Http11NioProtocol http = (Http11NioProtocol) partner.getProtocolHandler();
        http.setAddress(properties.address());
        http.setConnectionTimeout((int) properties.silence().toMillis());
        http.setKeepAliveTimeout((int) properties.silence().toMillis());
        http.setDisableUploadTimeout(false);
        http.setConnectionUploadTimeout((int) properties.silence().toMillis());
        http.setMaxConnections(properties.connections());
        http.setMaxKeepAliveRequests(KEEP_ALIVE_REQUESTS);
        http.setMaxHttpRequestHeaderSize(HEAD_BYTES);
        http.setMaxSwallowSize(properties.maxBody());
        http.setSSLEnabled(true);
        partner.addSslHostConfig(host(tls));
        this.connector = partner;
    }

    private static SSLHostConfig host(TlsProperties tls) {
        SSLHostConfig host = new SSLHostConfig();
        host.setProtocols("TLSv1.2+TLSv1.3");
        host.setHonorCipherOrder(true);
        host.setCertificateVerification("required");
        host.setTruststoreFile(tls.truststore().toAbsolutePath().toString());
        host.setTruststorePassword(tls.password());
        host.setTruststoreType("PKCS12");
        SSLHostConfigCertificate own = new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
        own.setCertificateKeystoreFile(tls.keystore().toAbsolutePath().toString());
        own.setCertificateKeystorePassword(tls.password());
        own.setCertificateKeystoreType("PKCS12");
        host.addCertificate(own);
        return host;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addAdditionalTomcatConnectors(connector);
    }

    /** Where it listens; below 0 until it does. */
    int port() {
        return connector.getLocalPort();
    }

    boolean listening() {
        return connector.getState().isAvailable() && port() > 0;
    }
}
