package sallyport.connectors.alerts.mail;

import org.apache.camel.builder.RouteBuilder;
import sallyport.connectors.wire.BodyCall;
import sallyport.connectors.wire.CallHealth;
import sallyport.connectors.wire.EdgeHeaders;

/** The verb of alert mail: an {@code AlertMail} in, an {@code Accepted} once the server has taken it. */
final class MailRoutes extends RouteBuilder {

    private final MailServer server;
    private final CallHealth health;

    MailRoutes(MailServer server, CallHealth health) {
        this.server = server;
        this.health = health;
    }

    @Override
    public void configure() {
        from("direct:alerts-mail-send")
                .routeId("alerts-mail-send")
                .description("Sends an alert by e-mail to the people on call")
                .process(EdgeHeaders.none())
                .process(BodyCall.of(AlertMail.class, mail -> health.observe(() -> server.send(mail))))
                .id("alerts-mail-send-hand-over");
    }
}
