package sallyport.ledger.retention;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import sallyport.ledger.EvidencePruning;
import sallyport.ledger.engine.Duties;
import sallyport.ledger.engine.Tasks;

/** The purge and its schedule, wherever the ledger's own beans are. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RetentionProperties.class)
class RetentionConfiguration {

    @Bean
    Purger purger(
            DataSource dataSource,
            Duties duties,
            Tasks tasks,
            RetentionProperties properties,
            ObjectProvider<MeterRegistry> meters,
            ObjectProvider<EvidencePruning> evidence,
            ObjectProvider<Clock> clock) {
        return new Purger(
                dataSource,
                duties,
                tasks,
                properties,
                new RetentionMetrics(meters.getIfAvailable(SimpleMeterRegistry::new)),
                evidence.getIfAvailable(),
                clock.getIfAvailable(Clock::systemUTC));
    }

    @Bean
    RetentionChore retentionChore(Purger purger, RetentionProperties properties) {
        return new RetentionChore(purger, properties.every());
    }
}
