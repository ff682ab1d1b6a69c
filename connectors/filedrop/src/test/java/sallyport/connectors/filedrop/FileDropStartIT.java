package sallyport.connectors.filedrop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.NestedExceptionUtils;

/** Off until a directory is set, and stopped by a wrong setting that is named and not shown. */
class FileDropStartIT {

    private static final String DIRECTORY = "sallyport.file-drop.directories.notices";

    @Test
    void aFeedWithoutADirectoryIsOff() {
        try (ConfigurableApplicationContext context = start(Map.of(DIRECTORY, ""))) {
            assertThat(context.getBean(FileDropProperties.class).directories()).isEmpty();
        }
        try (ConfigurableApplicationContext context = start(Map.of(DIRECTORY, "/nowhere/notices"))) {
            assertThat(context.getBean(FileDropProperties.class).directories()).containsKey("notices");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "sallyport.file-drop.directories.notices, here",
        "sallyport.file-drop.directories.notices, /nowhere?noop=true",
        "sallyport.file-drop.directories.notices, '/nowhere/${user.name}{x}'",
        "sallyport.file-drop.directories.unheard-of, /nowhere",
        "sallyport.file-drop.every, 0s",
        "sallyport.file-drop.every, 31s",
        "sallyport.file-drop.settle, 0s",
        "sallyport.file-drop.max-file, 1023B",
        "sallyport.file-drop.max-files.notices, 1023B",
        "sallyport.file-drop.keep-done, 0s",
        "sallyport.file-drop.keep-rejected, 0s",
    })
    void aWrongSettingStopsTheStartAndIsNamed(String setting, String value) {
        Throwable failure = catchThrowable(() -> start(Map.of(setting, value)).close());
        assertThat(failure).isNotNull();
        assertThat(NestedExceptionUtils.getMostSpecificCause(failure))
                .isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, named -> {
                    assertThat(named.getName()).isEqualTo(setting);
                    assertThat(named.getValue()).isEqualTo("(not shown)");
                });
    }

    private static ConfigurableApplicationContext start(Map<String, Object> settings) {
        return new SpringApplicationBuilder(FileDropConfiguration.class, Notices.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .properties(settings)
                .run();
    }

    @Configuration(proxyBeanMethods = false)
    static class Notices {

        @Bean
        DropFeed notices() {
            return new DropFeed() {
                @Override
                public String name() {
                    return "notices";
                }

                @Override
                public Set<String> endings() {
                    return Set.of(".csv");
                }
            };
        }
    }
}
