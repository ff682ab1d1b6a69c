package sallyport.connectors.tracker;

import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import sallyport.connectors.wire.OneShotHttp;
import sallyport.connectors.wire.Tls;
import sallyport.connectors.wire.TlsProperties;
import sallyport.connectors.wire.WhenSet;

/** The tracker, present once {@code sallyport.tracker.url} is set. */
@Configuration(proxyBeanMethods = false)
@WhenSet("sallyport.tracker.url")
@EnableConfigurationProperties(TrackerProperties.class)
class TrackerConfiguration {

    @Bean
    TrackerHealth trackerHealth() {
        return new TrackerHealth();
    }

    @Bean
    TrackerRoutes trackerRoutes(TrackerProperties properties, TrackerHealth health, Environment environment) {
        OneShotHttp http = new OneShotHttp(properties.limits(), tls(properties, environment));
        return new TrackerRoutes(properties.url(), http, health);
    }

    /** Bound by hand: a tracker on plain HTTP needs no certificates, and the settings would be demanded all the same. */
    private static @Nullable SSLContext tls(TrackerProperties properties, Environment environment) {
        return "https".equals(properties.url().getScheme())
                ? Tls.context(Binder.get(environment).bindOrCreate("sallyport.tls", TlsProperties.class))
                : null;
    }
}
