package sallyport.connectors.wire;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** Checks of settings; a wrong or missing one stops the start with one line that names it and never shows its value. */
public final class Settings {

    private static final Set<String> HTTP = Set.of("http", "https");

    private Settings() {}

    public static void required(String name, @Nullable Object value) {
        if (value == null
                || value instanceof CharSequence text && text.toString().isBlank()) {
            throw wrong(name, "must be set");
        }
    }

    /** An absolute http or https address without user, query or fragment: those would end in records and logs. */
    public static void address(String name, @Nullable URI value) {
        required(name, value);
        if (value == null
                || value.getScheme() == null
                || !HTTP.contains(value.getScheme())
                || value.getHost() == null
                || value.getRawUserInfo() != null
                || value.getRawQuery() != null
                || value.getRawFragment() != null) {
            throw wrong(name, "must be an http or https address without user, query or fragment");
        }
    }

    public static void positive(String name, @Nullable Duration value) {
        if (value == null || value.isZero() || value.isNegative()) {
            throw wrong(name, "must be longer than nothing, with its unit, such as 10s");
        }
    }

    public static void between(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw wrong(name, "must be from " + least + " to " + most);
        }
    }

    public static InvalidConfigurationPropertyValueException wrong(String name, String reason) {
        return new InvalidConfigurationPropertyValueException(name, "(not shown)", reason);
    }
}
