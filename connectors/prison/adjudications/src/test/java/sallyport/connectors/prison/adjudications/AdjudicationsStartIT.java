package sallyport.connectors.prison.adjudications;

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

final class AdjudicationsStartIT extends StartContract {

    @Override
    protected List<Class<?>> configurations() {
        return List.of(AdjudicationsConfiguration.class, Tokens.class);
    }

    @Override
    protected String switchedOnBy() {
        return "sallyport.adjudications.url";
    }

    @Override
    protected Map<String, Object> complete() {
        return Map.of("sallyport.adjudications.url", "http://localhost:1");
    }

    @Override
    protected List<Wrong> wrong() {
        return List.of(
                new Wrong("sallyport.adjudications.url", "localhost:8080"),
                new Wrong("sallyport.adjudications.connect-timeout", "0s"),
                new Wrong("sallyport.adjudications.timeout", "-5s"),
                new Wrong("sallyport.adjudications.max-answer", "0B"));
    }

    @Override
    protected Class<?> bean() {
        return AdjudicationsRoutes.class;
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
        SpringApplicationBuilder application = new SpringApplicationBuilder(AdjudicationsConfiguration.class)
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
