package sallyport.routes.delivery;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;
import sallyport.routes.Outgoing;

/** Sends packages to the forces, each by the channel whose turn it is; where a send had no answer, asks first. */
@Component
final class DeliveryRoutes extends RouteBuilder {

    private final Delivery delivery;
    private final Outgoing outgoing;

    DeliveryRoutes(Delivery delivery, Outgoing outgoing) {
        this.delivery = delivery;
        this.outgoing = outgoing;
    }

    @Override
    public void configure() {
        from("ledger:lanes/force")
                .routeId("delivery-send")
                .description("Sends a package to its force and keeps the receipt")
                .bean(outgoing, "outbound")
                .choice()
                .when(delivery::asks)
                .to("direct:manifest-ask")
                .bean(delivery, "told")
                .when(delivery::byIhub)
                .to("direct:ihub-submit")
                .bean(delivery, "accepted")
                .when(delivery::byCjse)
                .to("direct:cjse-submit")
                .bean(delivery, "accepted")
                .otherwise()
                .bean(delivery, "noSuchChannel")
                .end();
    }
}
