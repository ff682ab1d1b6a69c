package sallyport.connectors.police.partnerport;

import java.net.InetAddress;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import sallyport.connectors.wire.Settings;

/**
 * The second door of the web server.
 *
 * @param port where it listens; 0 takes a free one
 * @param address the interface it listens on
 * @param maxBody the largest body in bytes that is read
 * @param silence how long a caller may send nothing, in a handshake, a head or a body
 * @param bodyTimeout how long one body may take from its first byte to its last
 * @param connections calls that are open at once, at most
 */
@ConfigurationProperties("sallyport.partner")
public record PartnerPortProperties(
        @DefaultValue("8443") int port,
        @DefaultValue("127.0.0.1") InetAddress address,
        @DefaultValue("1048576") int maxBody,
        @DefaultValue("10s") Duration silence,
        @DefaultValue("30s") Duration bodyTimeout,
        @DefaultValue("200") int connections) {

    public PartnerPortProperties {
        Settings.between("sallyport.partner.port", port, 0, 65535);
        Settings.required("sallyport.partner.address", address);
        Settings.between("sallyport.partner.max-body", maxBody, 1, 10_485_760);
        Settings.positive("sallyport.partner.silence", silence);
        Settings.positive("sallyport.partner.body-timeout", bodyTimeout);
        Settings.between("sallyport.partner.connections", connections, 1, 10_000);
    }
}
