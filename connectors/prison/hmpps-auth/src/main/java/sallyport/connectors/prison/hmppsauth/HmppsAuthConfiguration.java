package sallyport.connectors.prison.hmppsauth;

import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import sallyport.connectors.wire.WhenSet;

/** Shows the other connectors nothing but the interceptor {@code hmppsAuth}. */
@Configuration(proxyBeanMethods = false)
@WhenSet("sallyport.hmpps-auth.url")
@EnableConfigurationProperties(HmppsAuthProperties.class)
class HmppsAuthConfiguration {

    @Bean
    HmppsAuthHealth hmppsAuthHealth() {
        return new HmppsAuthHealth();
    }

    @Bean
    ClientHttpRequestInterceptor hmppsAuth(
            HmppsAuthProperties properties, HmppsAuthHealth health, ObjectProvider<Clock> clock) {
        return new BearerInterceptor(new Tokens(properties, health, clock.getIfAvailable(Clock::systemUTC)));
    }
}
