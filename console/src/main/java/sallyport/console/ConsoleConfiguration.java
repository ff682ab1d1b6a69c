package sallyport.console;

import jakarta.servlet.MultipartConfigElement;
import java.time.Clock;
import org.apache.camel.CamelContext;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.PropertySource;
import sallyport.console.access.ConsoleProperties;
import sallyport.console.camel.CamelRoutes;
import sallyport.console.camel.RunningRoutes;
import sallyport.console.words.Words;
import sallyport.ledger.desk.CaseDocuments;

/** The console within the hub: it needs the ledger's desk, a {@code RouteStates} and a {@code CamelContext}; a {@code Clock} is optional. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ConsoleProperties.class)
@PropertySource("classpath:sallyport/console.properties")
class ConsoleConfiguration {

    /** Room for the other fields of such a form. */
    private static final long FIELDS = 65_536;

    @Bean
    RunningRoutes runningRoutes(ObjectProvider<CamelContext> camel) {
        return new CamelRoutes(camel);
    }

    /** A form with a file is laid on the disk, not into memory, and no larger than a document may be. */
    @Bean
    MultipartConfigElement uploads(CaseDocuments documents) {
        return new MultipartConfigElement("", documents.maxBytes(), documents.maxBytes() + FIELDS, 0);
    }

    @Bean
    Words words(ObjectProvider<Clock> clock) {
        return new Words(clock.getIfAvailable(Clock::systemUTC));
    }
}
