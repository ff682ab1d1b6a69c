package sallyport.connectors.prison.prisoneralerts;

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

/** On as soon as {@code sallyport.prisoner-alerts.url} is set; its token comes from {@code hmppsAuth}. */
@Configuration(proxyBeanMethods = false)
@WhenSet("sallyport.prisoner-alerts.url")
@EnableConfigurationProperties(PrisonerAlertsProperties.class)
class PrisonerAlertsConfiguration {

    @Bean
    PrisonerAlertsHealth prisonerAlertsHealth() {
        return new PrisonerAlertsHealth();
    }

    @Bean
    PrisonerAlertsRoutes prisonerAlertsRoutes(
            PrisonerAlertsProperties properties,
            @Qualifier("hmppsAuth") ObjectProvider<ClientHttpRequestInterceptor> hmppsAuth,
            PrisonerAlertsHealth health,
            ObjectProvider<Clock> clock) {
        ClientHttpRequestInterceptor authorisation = hmppsAuth.getIfAvailable();
        if (authorisation == null) {
            throw Settings.wrong("sallyport.hmpps-auth.url", "must be set: sallyport.prisoner-alerts needs a token");
        }
        return new PrisonerAlertsRoutes(
                properties,
                new OneShotHttp(properties.limits(), authorisation),
                health,
                clock.getIfAvailable(Clock::systemUTC));
    }
}
