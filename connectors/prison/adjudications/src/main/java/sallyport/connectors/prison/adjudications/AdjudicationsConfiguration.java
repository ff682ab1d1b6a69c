package sallyport.connectors.prison.adjudications;

import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import sallyport.connectors.wire.OneShotHttp;
import sallyport.connectors.wire.Settings;
import sallyport.connectors.wire.WhenSet;

/** On as soon as {@code sallyport.adjudications.url} is set; its token comes from {@code hmppsAuth}. */
@Configuration(proxyBeanMethods = false)
@WhenSet("sallyport.adjudications.url")
@EnableConfigurationProperties(AdjudicationsProperties.class)
class AdjudicationsConfiguration {

    @Bean
    AdjudicationsHealth adjudicationsHealth() {
        return new AdjudicationsHealth();
    }

    @Bean
    AdjudicationsRoutes adjudicationsRoutes(
            AdjudicationsProperties properties,
            @Qualifier("hmppsAuth") ObjectProvider<ClientHttpRequestInterceptor> hmppsAuth,
            AdjudicationsHealth health,
            ObjectProvider<Clock> clock) {
        ClientHttpRequestInterceptor authorisation = hmppsAuth.getIfAvailable();
        if (authorisation == null) {
            throw Settings.wrong("sallyport.hmpps-auth.url", "must be set: sallyport.adjudications needs a token");
        }
        return new AdjudicationsRoutes(
                properties,
                new OneShotHttp(properties.limits(), authorisation),
                health,
                clock.getIfAvailable(Clock::systemUTC));
    }
}
