package sallyport.ledger.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sallyport.ledger.Effect.CloseTasks;
import sallyport.ledger.Effect.OpenTask;

/** One open task per thing, with the latest words, until its reason is gone. */
class TasksIT {

    private TestLedger ledger;
    private LedgerNode node;

    @BeforeEach
    void createDatabase() {
        ledger = TestLedger.create();
        ledger.cases(1);
        node = TestNode.node(ledger, new TestPolicy(), TestLedger.quick("one", Duration.ofSeconds(30)));
    }

    @AfterEach
    void closeDatabase() {
        ledger.close();
    }

    @Test
    void theSameThingTwiceIsOneTaskWithTheNewerWords() {
        TestNode.write(ledger, node, open("silence/MDI", "quiet for 3 h"), open("silence/LEI", "quiet for 2 h"));
        TestNode.write(ledger, node, open("silence/MDI", "quiet for 4 h"));

        assertThat(ledger.count("SELECT count(*) FROM task")).isEqualTo(2);
        assertThat(ledger.text("SELECT detail FROM task WHERE subject = 'silence/MDI'"))
                .isEqualTo("quiet for 4 h");
    }

    @Test
    void oneThatIsClosedMayOpenAnew() {
        TestNode.write(ledger, node, open("silence/MDI", "quiet for 3 h"));
        TestNode.write(ledger, node, new CloseTasks("SILENCE", Set.of("silence/MDI", "silence/none"), "heard again"));
        assertThat(ledger.text("SELECT closed_by || ': ' || closed_why FROM task"))
                .isEqualTo("sallyport: heard again");

        TestNode.write(ledger, node, open("silence/MDI", "quiet for 5 h"));

        assertThat(ledger.count("SELECT count(*) FROM task")).isEqualTo(2);
        assertThat(ledger.count("SELECT count(*) FROM task WHERE closed_at IS NULL"))
                .isEqualTo(1);
    }

    private static OpenTask open(String subject, String detail) {
        return new OpenTask("SILENCE", subject, 1L, "MDI", null, detail, Instant.parse("2026-03-01T10:00:00Z"));
    }
}
