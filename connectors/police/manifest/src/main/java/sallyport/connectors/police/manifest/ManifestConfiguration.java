package sallyport.connectors.police.manifest;

import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import sallyport.connectors.police.forces.Forces;
import sallyport.connectors.police.forces.ForcesHealth;
import sallyport.connectors.wire.OneShotHttp;
import sallyport.connectors.wire.Tls;
import sallyport.connectors.wire.TlsProperties;
import sallyport.connectors.wire.WhenSet;

/** The forces' manifests, present once {@code sallyport.forces-file} is set. */
@Configuration(proxyBeanMethods = false)
@WhenSet("sallyport.forces-file")
@EnableConfigurationProperties({ManifestProperties.class, TlsProperties.class})
class ManifestConfiguration {

    @Bean
    ForcesHealth manifestHealth() {
        return new ForcesHealth("manifest");
    }

    @Bean
    ManifestRoutes manifestRoutes(
            Forces forces,
            ManifestProperties properties,
            TlsProperties tls,
            ForcesHealth manifestHealth,
            ObjectProvider<Clock> clock) {
        return new ManifestRoutes(
                forces,
                new OneShotHttp(properties.limits(), Tls.context(tls)),
                properties,
                manifestHealth,
                clock.getIfAvailable(Clock::systemUTC));
    }
}
