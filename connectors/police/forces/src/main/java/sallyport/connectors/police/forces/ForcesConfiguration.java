package sallyport.connectors.police.forces;

import java.nio.file.Path;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import sallyport.connectors.wire.Settings;

/** Reads the forces once; a wrong file stops the start with one line. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ForcesProperties.class)
public class ForcesConfiguration {

    @Bean
    Forces forces(ForcesProperties properties) {
        Path file = properties.forcesFile();
        if (file == null || file.toString().isBlank()) {
            return Forces.none();
        }
        try {
            return Forces.read(file);
        } catch (InvalidForcesFile wrong) {
            throw Settings.wrong("sallyport.forces-file", wrong.getMessage());
        }
    }
}
