package sallyport.ledger.engine;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import sallyport.ledger.EvidenceCheck;
import sallyport.ledger.EvidencePruning;

/** What proves the evidence log from outside the database. Without a key to sign with there is no start. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EvidenceProperties.class)
class EvidenceConfiguration {

    @Bean
    EvidenceKeys evidenceKeys(EvidenceProperties properties) {
        return EvidenceKeys.forSigning(properties);
    }

    @Bean
    CheckpointDirectory checkpointDirectory(EvidenceProperties properties) {
        return new CheckpointDirectory(properties.checkpoints());
    }

    @Bean
    CheckpointWriter checkpointWriter(
            LedgerNode node,
            DataSource dataSource,
            CheckpointDirectory directory,
            EvidenceKeys keys,
            EvidenceProperties properties) {
        return new CheckpointWriter(node.database(), dataSource, node.duties(), directory, keys, properties);
    }

    @Bean
    LogGate evidenceGate(LedgerNode node, EvidenceProperties properties, ObjectProvider<MeterRegistry> meters) {
        var gate = new LogGate(
                node.database(),
                node.tasks(),
                properties,
                meters.getIfAvailable(SimpleMeterRegistry::new),
                node.dispatcher()::wake);
        node.dispatcher().gatedBy(gate::passage);
        return gate;
    }

    @Bean
    EvidenceCheck evidenceCheck(DataSource dataSource, EvidenceProperties properties, ObjectProvider<Clock> clock) {
        return new EvidenceVerifier(dataSource, properties, clock.getIfAvailable(Clock::systemUTC));
    }

    @Bean
    EvidencePruning evidencePruning(LedgerNode node, CheckpointWriter checkpoints) {
        return new EvidencePruner(node.database(), checkpoints);
    }
}
