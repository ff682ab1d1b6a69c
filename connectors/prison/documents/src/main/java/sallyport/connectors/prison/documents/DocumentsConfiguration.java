package sallyport.connectors.prison.documents;

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

/** On as soon as {@code sallyport.hmpps-documents.url} is set; its token comes from {@code hmppsAuth}. */
@Configuration(proxyBeanMethods = false)
@WhenSet("sallyport.hmpps-documents.url")
@EnableConfigurationProperties(DocumentsProperties.class)
class DocumentsConfiguration {

    @Bean
    DocumentsHealth hmppsDocumentsHealth() {
        return new DocumentsHealth();
    }

    @Bean
    DocumentsRoutes hmppsDocumentsRoutes(
            DocumentsProperties properties,
            @Qualifier("hmppsAuth") ObjectProvider<ClientHttpRequestInterceptor> hmppsAuth,
            DocumentsHealth health,
            ObjectProvider<Clock> clock) {
        ClientHttpRequestInterceptor authorisation = hmppsAuth.getIfAvailable();
        if (authorisation == null) {
            throw Settings.wrong("sallyport.hmpps-auth.url", "must be set: sallyport.hmpps-documents needs a token");
        }
        return new DocumentsRoutes(
                properties,
                new OneShotHttp(properties.limits(), authorisation),
                new OneShotHttp(properties.fileLimits(), authorisation),
                health,
                clock.getIfAvailable(Clock::systemUTC));
    }
}
