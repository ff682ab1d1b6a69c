package sallyport.connectors.clamav;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import sallyport.connectors.wire.WhenSet;

/** The scanner, present once {@code sallyport.clamav.host} is set. */
@Configuration(proxyBeanMethods = false)
@WhenSet("sallyport.clamav.host")
@EnableConfigurationProperties(ClamavProperties.class)
class ClamavConfiguration {

    @Bean
    ClamavHealth clamavHealth() {
        return new ClamavHealth();
    }

    @Bean
    ClamavRoutes clamavRoutes(ClamavProperties properties, ClamavHealth health) {
        return new ClamavRoutes(new ClamdClient(properties), health);
    }
}
