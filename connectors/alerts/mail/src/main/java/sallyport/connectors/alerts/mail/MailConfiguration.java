package sallyport.connectors.alerts.mail;

import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import sallyport.connectors.wire.WhenSet;

/** Alert mail, present once {@code sallyport.alerts.mail.host} is set. */
@Configuration(proxyBeanMethods = false)
@WhenSet("sallyport.alerts.mail.host")
@EnableConfigurationProperties(MailProperties.class)
class MailConfiguration {

    @Bean
    MailHealth alertMailHealth() {
        return new MailHealth();
    }

    @Bean
    MailRoutes alertMailRoutes(MailProperties properties, MailHealth health, ObjectProvider<Clock> clock) {
        return new MailRoutes(new MailServer(properties, clock.getIfAvailable(Clock::systemUTC)), health);
    }
}
