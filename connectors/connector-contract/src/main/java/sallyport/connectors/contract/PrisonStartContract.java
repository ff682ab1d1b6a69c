package sallyport.connectors.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ClientHttpRequestInterceptor;

/** How every connector to a prison system that wants a token starts: by its address, within its limits, and not without tokens. */
public abstract class PrisonStartContract extends StartContract {

    private final String system;
    private final Class<?> configuration;
    private final Class<?> routes;
    private final List<Wrong> limits;

    /**
     * @param system as in its settings, {@code sallyport.<system>.url}
     * @param limits what is wrong with settings that only this system has, by their names without the system
     */
    protected PrisonStartContract(String system, Class<?> configuration, Class<?> routes, Map<String, String> limits) {
        this.system = "sallyport." + system + ".";
        this.configuration = configuration;
        this.routes = routes;
        this.limits = limits.entrySet().stream()
                .map(limit -> new Wrong(this.system + limit.getKey(), limit.getValue()))
                .toList();
    }

    @Override
    protected final List<Class<?>> configurations() {
        return List.of(configuration, Tokens.class);
    }

    @Override
    protected final String switchedOnBy() {
        return system + "url";
    }

    @Override
    protected final Map<String, Object> complete() {
        return Map.of(switchedOnBy(), "http://localhost:1");
    }

    @Override
    protected final List<Wrong> wrong() {
        return Stream.concat(
                        Stream.of(
                                new Wrong(system + "url", "localhost:8080"),
                                new Wrong(system + "connect-timeout", "0s"),
                                new Wrong(system + "timeout", "-5s"),
                                new Wrong(system + "max-answer", "0B")),
                        limits.stream())
                .toList();
    }

    @Override
    protected final Class<?> bean() {
        return routes;
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
        SpringApplicationBuilder application = new SpringApplicationBuilder(configuration)
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
