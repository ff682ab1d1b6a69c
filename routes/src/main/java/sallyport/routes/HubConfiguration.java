package sallyport.routes;

import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the whole hub shares. */
@Configuration(proxyBeanMethods = false)
class HubConfiguration {

    /** A system property of the JVM and no setting of the hub: the crash suite makes a node's clock wrong by this much. */
    private static final String CLOCK_OFFSET = "sallyport.fault.clock";

    /** Leases use the database's clock; everything else uses this one, so that tests can set it. */
    @Bean
    Clock clock() {
        String offset = System.getProperty(CLOCK_OFFSET, "");
        return offset.isBlank() ? Clock.systemUTC() : Clock.offset(Clock.systemUTC(), Duration.parse(offset));
    }
}
