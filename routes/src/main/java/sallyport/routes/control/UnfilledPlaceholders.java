package sallyport.routes.control;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;

/** A placeholder that nobody filled would be taken for a value, even for a secret: the start stops and names the setting. */
public final class UnfilledPlaceholders implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {

    private static final Pattern VARIABLE = Pattern.compile("\\b(SALLYPORT|AWS)_[A-Z_]+\\b");

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        ConfigurableEnvironment environment = event.getEnvironment();
        environment.getPropertySources().stream()
                .filter(EnumerablePropertySource.class::isInstance)
                .map(EnumerablePropertySource.class::cast)
                .flatMap(source -> Arrays.stream(source.getPropertyNames()))
                .filter(name -> name.startsWith("sallyport.") || name.startsWith("spring.datasource."))
                .sorted()
                .distinct()
                .forEach(name -> check(environment, name));
    }

    private static void check(ConfigurableEnvironment environment, String name) {
        String value;
        try {
            value = environment.getProperty(name);
        } catch (IllegalArgumentException unresolved) {
            throw unset(name, String.valueOf(unresolved.getMessage()));
        }
        if (value != null && (value.contains("{{") || value.contains("${"))) {
            throw unset(name, value);
        }
    }

    private static InvalidConfigurationPropertyValueException unset(String name, String said) {
        Matcher variable = VARIABLE.matcher(said);
        return new InvalidConfigurationPropertyValueException(
                name, "(not shown)", "is not set" + (variable.find() ? ": give " + variable.group() : ""));
    }
}
