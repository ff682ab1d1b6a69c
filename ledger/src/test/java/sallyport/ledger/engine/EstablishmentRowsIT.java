package sallyport.ledger.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sallyport.ledger.Effect.EstablishmentsListed;
import sallyport.ledger.Effect.EstablishmentsListed.Establishment;

/** The prison register as the ledger keeps it. */
class EstablishmentRowsIT {

    private TestLedger ledger;
    private LedgerNode node;

    @BeforeEach
    void createDatabase() {
        ledger = TestLedger.create();
        node = TestNode.node(ledger, new TestPolicy(), TestLedger.quick("one", Duration.ofSeconds(30)));
    }

    @AfterEach
    void closeDatabase() {
        ledger.close();
    }

    @Test
    void theRegisterReplacesWhatItSaidBeforeAndWhoeverLeftItIsKept() {
        listed(one("AAI", "Old name", true), one("BBI", "Leaves", true));
        ledger.jdbc.update(
                """
                INSERT INTO task (kind, subject, prison, detail)
                VALUES ('REGISTER', 'register/NO_FORCE/BBI', 'BBI', 'x'), ('REGISTER', 'register/NO_FORCE/AAI', 'AAI', 'x'),
                       ('REGISTER', 'register/UNKNOWN/ZZI', 'ZZI', 'x')
                """);
        listed(one("AAI", "New name", false), one("CCI", "Comes", true));
        assertThat(ledger.jdbc.queryForList("SELECT subject FROM task WHERE closed_at IS NOT NULL", String.class))
                .containsExactly("register/NO_FORCE/BBI");

        assertThat(rows()).containsExactly("AAI New name false here", "BBI Leaves true gone", "CCI Comes true here");

        listed(one("BBI", "Is back", true));
        assertThat(rows()).containsExactly("AAI New name false gone", "BBI Is back true here", "CCI Comes true gone");
        assertThat(
                        ledger.text(
                                "SELECT types[1] || ' ' || operators[1] || ' ' || addresses[1] FROM establishment WHERE prison = 'BBI'"))
                .isEqualTo("HMP PSP Road, Town, LS1 1AA");
    }

    @Test
    void anEmptyAnswerIsNoRegister() {
        listed(one("AAI", "Stays", true));
        listed();

        assertThat(rows()).containsExactly("AAI Stays true here");
    }

    private List<String> rows() {
        return ledger.jdbc.queryForList(
                "SELECT prison || ' ' || name || ' ' || active || CASE WHEN gone_at IS NULL THEN ' here' ELSE ' gone' END"
                        + " FROM establishment ORDER BY prison",
                String.class);
    }

    private void listed(Establishment... all) {
        TestNode.write(ledger, node, new EstablishmentsListed(List.of(all)));
    }

    private static Establishment one(String id, String name, boolean active) {
        return new Establishment(
                id, name, active, false, List.of("HMP"), List.of("PSP"), List.of("Road, Town, LS1 1AA"));
    }
}
