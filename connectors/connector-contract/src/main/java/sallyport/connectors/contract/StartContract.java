package sallyport.connectors.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.NestedExceptionUtils;

/** How every connector starts: off until its setting is there, and stopped by a wrong one that it names and does not show. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class StartContract {

    /** A setting that stops the start. */
    public record Wrong(String setting, String value) {}

    protected abstract List<Class<?>> configurations();

    /** The setting without which it is off. */
    protected abstract String switchedOnBy();

    /** Enough to start. */
    protected abstract Map<String, Object> complete();

    protected abstract List<Wrong> wrong();

    /** A bean that is there when it is on. */
    protected abstract Class<?> bean();

    @Test
    void startsWithWhatItNeeds() {
        try (ConfigurableApplicationContext context = start(complete())) {
            assertThat(context.getBeansOfType(bean())).isNotEmpty();
        }
    }

    @Test
    void isOffUntilItsSettingHasAValue() {
        Map<String, Object> settings = new HashMap<>(complete());
        settings.put(switchedOnBy(), "");
        try (ConfigurableApplicationContext context = start(settings)) {
            assertThat(context.getBeansOfType(bean())).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void aWrongSettingStopsTheStartAndIsNamed(Wrong wrong) {
        Map<String, Object> settings = new HashMap<>(complete());
        settings.put(wrong.setting(), wrong.value());
        Throwable failure = catchThrowable(() -> start(settings).close());
        assertThat(failure).isNotNull();
        Throwable root = NestedExceptionUtils.getMostSpecificCause(failure);
        assertThat(root).isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, named -> {
            assertThat(named.getName()).isEqualTo(wrong.setting());
            assertThat(named.getValue()).isEqualTo("(not shown)");
            assertThat(named.getReason()).isNotBlank().doesNotContain("\n");
        });
    }

    private ConfigurableApplicationContext start(Map<String, Object> settings) {
        return new SpringApplicationBuilder(configurations().toArray(Class<?>[]::new))
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .properties(settings)
                .run();
    }
}
