package sallyport.console.access;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the console.
 *
 * @param adminPassword first-run password of {@code admin}; generated when empty. It says nothing once there is a user.
 * @param dataDir where the generated first-run password is written
 */
@ConfigurationProperties("sallyport")
public record ConsoleProperties(
        @Nullable String adminPassword, @DefaultValue("./data") Path dataDir, @DefaultValue Console console) {

    /** @param behindProxy a proxy in front ends TLS and is the only way in */
    public record Console(@DefaultValue("false") boolean behindProxy) {}

    @Override
    public String toString() {
        return "ConsoleProperties[dataDir=" + dataDir + ", console=" + console + "]";
    }
}
