package sallyport.connectors.prison.domainevents;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import sallyport.connectors.wire.WhenSet;

/** On as soon as {@code sallyport.domain-events.url} is set; the name of the bean is the scheme of the address. */
@Configuration(proxyBeanMethods = false)
@WhenSet("sallyport.domain-events.url")
@EnableConfigurationProperties(DomainEventsProperties.class)
class DomainEventsConfiguration {

    @Bean
    DomainEventsHealth domainEventsHealth() {
        return new DomainEventsHealth();
    }

    @Bean("domain-events")
    DomainEventsComponent domainEvents(DomainEventsProperties properties, DomainEventsHealth health) {
        return new DomainEventsComponent(properties, health);
    }
}
