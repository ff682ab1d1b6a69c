package sallyport.connectors.prison.incidentreporting;

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

final class IncidentReportingStartIT extends StartContract {

    @Override
    protected List<Class<?>> configurations() {
        return List.of(IncidentReportingConfiguration.class, Tokens.class);
    }

    @Override
    protected String switchedOnBy() {
        return "sallyport.incident-reporting.url";
    }

    @Override
    protected Map<String, Object> complete() {
        return Map.of("sallyport.incident-reporting.url", "http://localhost:1");
    }

    @Override
    protected List<Wrong> wrong() {
        return List.of(
                new Wrong("sallyport.incident-reporting.url", "localhost:8080"),
                new Wrong("sallyport.incident-reporting.connect-timeout", "0s"),
                new Wrong("sallyport.incident-reporting.timeout", "-5s"),
                new Wrong("sallyport.incident-reporting.max-answer", "0B"),
                new Wrong("sallyport.incident-reporting.page-size", "1001"),
                new Wrong("sallyport.incident-reporting.max-pages", "0"));
    }

    @Override
    protected Class<?> bean() {
        return IncidentReportingRoutes.class;
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
        SpringApplicationBuilder application = new SpringApplicationBuilder(IncidentReportingConfiguration.class)
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
