package sallyport.connectors.prison.prisonersearch;

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

/** On as soon as {@code sallyport.prisoner-search.url} is set; its token comes from {@code hmppsAuth}. */
@Configuration(proxyBeanMethods = false)
@WhenSet("sallyport.prisoner-search.url")
@EnableConfigurationProperties(PrisonerSearchProperties.class)
class PrisonerSearchConfiguration {

    @Bean
    PrisonerSearchHealth prisonerSearchHealth() {
        return new PrisonerSearchHealth();
    }

    @Bean
    PrisonerSearchRoutes prisonerSearchRoutes(
            PrisonerSearchProperties properties,
            @Qualifier("hmppsAuth") ObjectProvider<ClientHttpRequestInterceptor> hmppsAuth,
            PrisonerSearchHealth health,
            ObjectProvider<Clock> clock) {
        ClientHttpRequestInterceptor authorisation = hmppsAuth.getIfAvailable();
        if (authorisation == null) {
            throw Settings.wrong("sallyport.hmpps-auth.url", "must be set: sallyport.prisoner-search needs a token");
        }
        return new PrisonerSearchRoutes(
                properties,
                new OneShotHttp(properties.limits(), authorisation),
                health,
                clock.getIfAvailable(Clock::systemUTC));
    }
}
