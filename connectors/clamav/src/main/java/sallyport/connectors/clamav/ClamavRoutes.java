package sallyport.connectors.clamav;

import java.io.InputStream;
import org.apache.camel.builder.RouteBuilder;
import sallyport.connectors.wire.BodyCall;
import sallyport.connectors.wire.CallHealth;
import sallyport.connectors.wire.EdgeHeaders;

/** The verb of the scanner: an {@code InputStream} in, read once and closed; a {@link ScanResult} out. */
final class ClamavRoutes extends RouteBuilder {

    private final ClamdClient client;
    private final CallHealth health;

    ClamavRoutes(ClamdClient client, CallHealth health) {
        this.client = client;
        this.health = health;
    }

    @Override
    public void configure() {
        from("direct:clamav-scan")
                .routeId("clamav-scan")
                .description("Has the bytes of a document scanned by the ClamAV daemon")
                // Caching would read the stream before the scanner does.
                .streamCache("false")
                .process(EdgeHeaders.none())
                .process(BodyCall.of(InputStream.class, bytes -> health.observe(() -> client.scan(bytes))))
                .id("clamav-scan-stream");
    }
}
