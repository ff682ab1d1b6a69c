package sallyport.console;

import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import sallyport.ledger.RouteStates;
import sallyport.ledger.TelephoneLists;
import sallyport.mappings.canonical.Sha256;

/** The console without the hub: two routes that do nothing, and a flow that makes routes be as wanted at once. */
@SpringBootApplication(scanBasePackages = {"sallyport.console", "sallyport.ledger.desk", "sallyport.ledger.replay"})
class ConsoleTestApplication {

    @Bean(destroyMethod = "stop")
    CamelContext camel() throws Exception {
        CamelContext camel = new DefaultCamelContext();
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:incident-intake-fetch")
                        .routeId("incident-intake-fetch")
                        .routeDescription("Fetches the full report for each hint and stores it.")
                        .log("fetched");
                from("direct:delivery-force")
                        .routeId("delivery-force")
                        .routeDescription("Sends packages to police forces.")
                        .process(exchange -> {
                            throw new IllegalStateException("refused");
                        });
            }
        });
        camel.start();
        try (var template = camel.createProducerTemplate()) {
            template.sendBody("direct:incident-intake-fetch", "one");
            template.sendBody("direct:incident-intake-fetch", "two");
            template.send("direct:delivery-force", exchange -> {});
        }
        return camel;
    }

    /** Taken, and never read: what becomes of a list is no matter of the console. */
    @Bean
    TelephoneLists telephoneLists() {
        return (list, actor, reason) -> HexFormat.of().formatHex(Sha256.of(list));
    }

    @Bean
    RouteStates routeStates(CamelContext camel) {
        return new FollowedAtOnce(camel);
    }

    @Bean
    EvidenceDouble evidence() {
        return new EvidenceDouble();
    }

    private static final class FollowedAtOnce implements RouteStates {

        private final Map<String, Wanted> wanted = new ConcurrentHashMap<>();
        private final CamelContext camel;

        FollowedAtOnce(CamelContext camel) {
            this.camel = camel;
        }

        @Override
        public Map<String, Wanted> wanted() {
            return Map.copyOf(wanted);
        }

        @Override
        public void want(String routeId, boolean running, String actor, String reason) {
            wanted.put(routeId, new Wanted(running, actor, reason, Instant.now()));
            try {
                if (running) {
                    camel.getRouteController().resumeRoute(routeId);
                } else {
                    camel.getRouteController().suspendRoute(routeId);
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
