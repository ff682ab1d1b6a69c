package sallyport.ledger.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import sallyport.ledger.retention.TestPurge;

/** The evidence log ends at its old end when its own term is over, and not before a hold's first entry. */
class EvidencePurgeIT {

    private static final Instant OLD = Instant.now().minus(Duration.ofDays(300));

    @Test
    void entriesPastTheirTermAreCutOffAndCertified() {
        try (var stage = new EvidenceStage()) {
            stage.entries(30, OLD);
            stage.entries(10);
            stage.checkpoint();

            assertThat(TestPurge.run(stage.ledger.dataSource(), stage.pruning)).isEqualTo(30);

            assertThat(stage.ledger.count("SELECT min(chain_no) FROM evidence")).isEqualTo(31);
            assertThat(stage.ledger.count("SELECT rows FROM erasure WHERE kind = 'evidence'"))
                    .isEqualTo(30);
            assertThat(stage.ledger.count("SELECT due FROM retention_state WHERE kind = 'evidence'"))
                    .isZero();
        }
    }

    @Test
    void aHoldKeepsTheLogFromTheFirstEntryAboutTheCase() {
        try (var stage = new EvidenceStage()) {
            stage.ledger.cases(50);
            stage.entries(20, OLD);
            stage.entries(5, OLD.plusSeconds(60));
            stage.checkpoint();
            // The tenth entry is the first about this case.
            stage.ledger.jdbc.update("UPDATE referral_case SET held = true WHERE reference = 'SP-2026-000010'");

            assertThat(TestPurge.run(stage.ledger.dataSource(), stage.pruning)).isEqualTo(9);

            stage.ledger.jdbc.update("UPDATE referral_case SET held = false");
            // The next run of the test is another node to the ledger.
            stage.ledger.jdbc.update("UPDATE duty SET until = now() WHERE name = 'retention'");
            assertThat(TestPurge.run(stage.ledger.dataSource(), stage.pruning)).isEqualTo(16);
        }
    }
}
