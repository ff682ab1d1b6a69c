package sallyport.connectors.police.ihub;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import sallyport.connectors.police.forces.Forces;
import sallyport.connectors.police.forces.ForcesHealth;
import sallyport.connectors.wire.OneShotHttp;
import sallyport.connectors.wire.Tls;
import sallyport.connectors.wire.TlsProperties;
import sallyport.connectors.wire.WhenSet;

/** The iHub channel, present once {@code sallyport.forces-file} is set. */
@Configuration(proxyBeanMethods = false)
@WhenSet("sallyport.forces-file")
@EnableConfigurationProperties({IhubProperties.class, TlsProperties.class})
class IhubConfiguration {

    @Bean
    ForcesHealth ihubHealth() {
        return new ForcesHealth("ihub");
    }

    @Bean
    IhubRoutes ihubRoutes(Forces forces, IhubProperties properties, TlsProperties tls, ForcesHealth ihubHealth) {
        return new IhubRoutes(forces, new OneShotHttp(properties.limits(), Tls.context(tls)), ihubHealth);
    }
}
