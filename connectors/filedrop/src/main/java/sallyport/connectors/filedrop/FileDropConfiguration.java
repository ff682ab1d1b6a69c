package sallyport.connectors.filedrop;

import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Directories in which files are dropped; there are no routes until one of {@code sallyport.file-drop.directories} is set. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FileDropProperties.class)
class FileDropConfiguration {

    @Bean
    FileDropHealth fileDropHealth() {
        return new FileDropHealth();
    }

    @Bean
    FileDropRoutes fileDropRoutes(
            FileDropProperties properties,
            ObjectProvider<DropFeed> feeds,
            ObjectProvider<DropTurns> turns,
            FileDropHealth health,
            ObjectProvider<Clock> clock) {
        return new FileDropRoutes(
                properties,
                feeds.orderedStream().toList(),
                turns.getIfAvailable(),
                health,
                clock.getIfAvailable(Clock::systemUTC),
                System::nanoTime);
    }
}
