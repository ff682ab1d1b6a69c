package sallyport.routes.alert;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** Tells people of what has begun or ended, each channel by itself. */
@Component
final class AlertRoutes extends RouteBuilder {

    private final Alerting alerting;

    AlertRoutes(Alerting alerting) {
        this.alerting = alerting;
    }

    @Override
    public void configure() {
        from("ledger:alert")
                .routeId("alert-send")
                .description("Tells the people on call that an alert has opened or cleared")
                .bean(alerting, "inTurn")
                .choice()
                .when(alerting::byWebhook)
                .bean(alerting, "outbound")
                .to("direct:alerts-webhook-post")
                .when(alerting::byMail)
                .bean(alerting, "mail")
                .to("direct:alerts-mail-send")
                .otherwise()
                .bean(alerting, "noSuchChannel")
                .end()
                .bean(alerting, "told");
    }
}
