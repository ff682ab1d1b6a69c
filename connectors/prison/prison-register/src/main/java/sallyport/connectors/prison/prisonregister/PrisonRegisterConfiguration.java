package sallyport.connectors.prison.prisonregister;

import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import sallyport.connectors.wire.OneShotHttp;
import sallyport.connectors.wire.WhenSet;

/** On as soon as {@code sallyport.prison-register.url} is set; it takes no token. */
@Configuration(proxyBeanMethods = false)
@WhenSet("sallyport.prison-register.url")
@EnableConfigurationProperties(PrisonRegisterProperties.class)
class PrisonRegisterConfiguration {

    @Bean
    PrisonRegisterHealth prisonRegisterHealth() {
        return new PrisonRegisterHealth();
    }

    @Bean
    PrisonRegisterRoutes prisonRegisterRoutes(
            PrisonRegisterProperties properties, PrisonRegisterHealth health, ObjectProvider<Clock> clock) {
        return new PrisonRegisterRoutes(
                properties, new OneShotHttp(properties.limits()), health, clock.getIfAvailable(Clock::systemUTC));
    }
}
