package sallyport.ledger.replay;

import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import sallyport.ledger.Chore;
import sallyport.ledger.LanePolicy;
import sallyport.ledger.Step;
import sallyport.ledger.desk.WakeUp;
import sallyport.ledger.engine.Duties;

/** Replays over the ledger's own database; without a {@link TodaysMapping} nothing is said of today. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ReplayProperties.class)
class ReplayConfiguration {

    @Bean
    Replays replays(DataSource dataSource, PlatformTransactionManager transactions, ReplayProperties properties) {
        return new Replays(dataSource, transactions, properties);
    }

    @Bean
    ReplayDesk replayDesk(
            DataSource dataSource, PlatformTransactionManager transactions, ObjectProvider<TodaysMapping> mapping) {
        return new ReplayDesk(dataSource, transactions, () -> mapping.getIfAvailable(ReplayConfiguration::unknown));
    }

    /** Looks for the node when it runs: where there is none, nothing runs. */
    @Bean
    Chore replayRunner(
            DataSource dataSource,
            ObjectProvider<Duties> duties,
            ObjectProvider<LanePolicy> policy,
            ObjectProvider<TodaysMapping> mapping,
            ObjectProvider<Shadow> shadow,
            ReplayProperties properties,
            ObjectProvider<WakeUp> wakeUp) {
        return new ReplayRunner(
                dataSource,
                duties::getObject,
                policy::getObject,
                () -> mapping.getIfAvailable(ReplayConfiguration::unknown),
                properties,
                shadow::getObject,
                () -> wakeUp.orderedStream().forEach(dispatcher -> dispatcher.workAskedFor(Step.COMMAND)));
    }

    private static TodaysMapping unknown() {
        return sent -> Optional.empty();
    }
}
