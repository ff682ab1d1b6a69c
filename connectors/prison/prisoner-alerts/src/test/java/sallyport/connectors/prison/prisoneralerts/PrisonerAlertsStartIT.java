package sallyport.connectors.prison.prisoneralerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import sallyport.connectors.contract.StartContract;

final class PrisonerAlertsStartIT extends StartContract {

    @Override
    protected List<Class<?>> configurations() {
        return List.of(PrisonerAlertsConfiguration.class, Tokens.class);
    }

    @Override
    protected String switchedOnBy() {
        return "sallyport.prisoner-alerts.url";
    }

    @Override
    protected Map<String, Object> complete() {
        return Map.of("sallyport.prisoner-alerts.url", "http://localhost:1");
    }

    @Override
    protected List<Wrong> wrong() {
        return List.of(
                new Wrong("sallyport.prisoner-alerts.url", "localhost:8080"),
                new Wrong("sallyport.prisoner-alerts.connect-timeout", "0s"),
                new Wrong("sallyport.prisoner-alerts.timeout", "-5s"),
                new Wrong("sallyport.prisoner-alerts.max-answer", "0B"),
                new Wrong("sallyport.prisoner-alerts.page-size", "0"),
                new Wrong("sallyport.prisoner-alerts.max-pages", "0"));
    }

    @Override
    protected Class<?> bean() {
        return PrisonerAlertsRoutes.class;
    }

    @Configuration(proxyBeanMethods = false)
    static class Tokens {

        @Bean
        ClientHttpRequestInterceptor hmppsAuth() {
            return (request, body, execution) -> execution.execute(request, body);
        }
    }

    @Test
    void withoutTokensTheStartStopsAndNamesTheSettingThatIsMissing() {
        SpringApplicationBuilder application = new SpringApplicationBuilder(PrisonerAlertsConfiguration.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .properties(complete());
        assertThatThrownBy(application::run)
                .rootCause()
                .isInstanceOfSatisfying(
                        InvalidConfigurationPropertyValueException.class,
                        missing -> assertThat(missing.getName()).isEqualTo("sallyport.hmpps-auth.url"));
    }
}
