package sallyport.ledger.engine;

import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import sallyport.ledger.EvidenceCheck;

/** What checking the evidence log needs of the hub, and nothing else: nothing is migrated, claimed or written. */
@ImportAutoConfiguration(DataSourceAutoConfiguration.class)
@EnableConfigurationProperties(EvidenceProperties.class)
public class EvidenceAlone {

    @Bean
    EvidenceCheck evidenceCheck(DataSource dataSource, EvidenceProperties properties) {
        return new EvidenceVerifier(dataSource, properties, Clock.systemUTC());
    }
}
