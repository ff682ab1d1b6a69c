package sallyport.connectors.prison.incidentreporting;

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

/** On as soon as {@code sallyport.incident-reporting.url} is set; its token comes from {@code hmppsAuth}. */
@Configuration(proxyBeanMethods = false)
@WhenSet("sallyport.incident-reporting.url")
@EnableConfigurationProperties(IncidentReportingProperties.class)
class IncidentReportingConfiguration {

    @Bean
    IncidentReportingHealth incidentReportingHealth() {
        return new IncidentReportingHealth();
    }

    @Bean
    IncidentReportingRoutes incidentReportingRoutes(
            IncidentReportingProperties properties,
            @Qualifier("hmppsAuth") ObjectProvider<ClientHttpRequestInterceptor> hmppsAuth,
            IncidentReportingHealth health,
            ObjectProvider<Clock> clock) {
        ClientHttpRequestInterceptor authorisation = hmppsAuth.getIfAvailable();
        if (authorisation == null) {
            throw Settings.wrong("sallyport.hmpps-auth.url", "must be set: sallyport.incident-reporting needs a token");
        }
        return new IncidentReportingRoutes(
                properties,
                new OneShotHttp(properties.limits(), authorisation),
                health,
                clock.getIfAvailable(Clock::systemUTC));
    }
}
