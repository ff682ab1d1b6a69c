package sallyport.connectors.prison.casenotes;

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

/** On as soon as {@code sallyport.case-notes.url} is set; its token comes from {@code hmppsAuth}. */
@Configuration(proxyBeanMethods = false)
@WhenSet("sallyport.case-notes.url")
@EnableConfigurationProperties(CaseNotesProperties.class)
class CaseNotesConfiguration {

    @Bean
    CaseNotesHealth caseNotesHealth() {
        return new CaseNotesHealth();
    }

    @Bean
    CaseNotesRoutes caseNotesRoutes(
            CaseNotesProperties properties,
            @Qualifier("hmppsAuth") ObjectProvider<ClientHttpRequestInterceptor> hmppsAuth,
            CaseNotesHealth health,
            ObjectProvider<Clock> clock) {
        ClientHttpRequestInterceptor authorisation = hmppsAuth.getIfAvailable();
        if (authorisation == null) {
            throw Settings.wrong("sallyport.hmpps-auth.url", "must be set: sallyport.case-notes needs a token");
        }
        return new CaseNotesRoutes(
                properties,
                new OneShotHttp(properties.limits(), authorisation),
                health,
                clock.getIfAvailable(Clock::systemUTC));
    }
}
