package sallyport.routes;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the whole hub shares. */
@Configuration(proxyBeanMethods = false)
class HubConfiguration {

    /** Leases use the database's clock; everything else uses this one, so that tests can set it. */
    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
