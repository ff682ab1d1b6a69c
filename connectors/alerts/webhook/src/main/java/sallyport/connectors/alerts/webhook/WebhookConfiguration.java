package sallyport.connectors.alerts.webhook;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import sallyport.connectors.wire.OneShotHttp;
import sallyport.connectors.wire.WhenSet;

/** The webhook, present once {@code sallyport.alerts.webhook.url} is set. */
@Configuration(proxyBeanMethods = false)
@WhenSet("sallyport.alerts.webhook.url")
@EnableConfigurationProperties(WebhookProperties.class)
class WebhookConfiguration {

    @Bean
    WebhookHealth webhookHealth() {
        return new WebhookHealth();
    }

    @Bean
    WebhookRoutes webhookRoutes(WebhookProperties properties, WebhookHealth health) {
        return new WebhookRoutes(
                properties.url(), new Signature(properties.secret()), new OneShotHttp(properties.limits()), health);
    }
}
