package sallyport.connectors.prison.phonereports;

import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import sallyport.connectors.wire.WhenSet;

/** The mailbox of telephone reports, present once {@code sallyport.phone-reports.host} is set. */
@Configuration(proxyBeanMethods = false)
@WhenSet("sallyport.phone-reports.host")
@EnableConfigurationProperties(PhoneReportsProperties.class)
class PhoneReportsConfiguration {

    @Bean
    PhoneReportsHealth phoneReportsHealth() {
        return new PhoneReportsHealth();
    }

    @Bean
    PhoneReportsRoutes phoneReportsRoutes(
            PhoneReportsProperties properties, PhoneReportsHealth health, ObjectProvider<Clock> clock) {
        return new PhoneReportsRoutes(new Mailbox(properties, clock.getIfAvailable(Clock::systemUTC)), health);
    }
}
