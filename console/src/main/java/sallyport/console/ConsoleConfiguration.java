package sallyport.console;

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

/** The console within the hub: it needs the ledger's desk, a {@code RouteStates} and a {@code CamelContext}; a {@code Clock} is optional. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ConsoleProperties.class)
@PropertySource("classpath:sallyport/console.properties")
class ConsoleConfiguration {

    @Bean
    RunningRoutes runningRoutes(ObjectProvider<CamelContext> camel) {
        return new CamelRoutes(camel);
    }

    @Bean
    Words words(ObjectProvider<Clock> clock) {
        return new Words(clock.getIfAvailable(Clock::systemUTC));
    }
}
