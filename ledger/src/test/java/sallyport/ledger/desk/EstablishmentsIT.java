package sallyport.ledger.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sallyport.ledger.desk.Establishments.Establishment;
import sallyport.mappings.force.PrisonForces;

/** The establishments beside their forces, within a scope. */
class EstablishmentsIT {

    private DeskFixture ledger;
    private Establishments desk;

    @BeforeEach
    void open() {
        ledger = new DeskFixture();
        desk = new Establishments(ledger.dataSource());
        ledger.jdbc
                .sql(
                        """
                        INSERT INTO establishment (prison, name, active, contracted, types, operators, addresses, gone_at)
                        VALUES ('LEI', 'Leeds of the register', true, false, '{HMP}', '{PSP}', '{"Leeds, LS12 2TJ"}', NULL),
                               ('WOI', 'Wolds', false, true, '{HMP}', '{}', '{}', NULL),
                               ('OLD', 'Left', true, false, '{}', '{}', '{}', now())
                        """)
                .update();
        ledger.jdbc
                .sql(
                        "INSERT INTO task (kind, subject, prison, detail) VALUES ('REGISTER', 'register/CLOSED/WOI', 'WOI', 'It is closed')")
                .update();
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void eachPrisonOfTheRegisterAndOfTheTableIsThereOnce() {
        ledger.waitingCase("SP-2026-000001", "WOI", "16", Duration.ofHours(1));
        List<Establishment> all = desk.list(Scope.everything());

        assertThat(all)
                .hasSize(PrisonForces.all().size() + 2)
                .extracting(Establishment::prison)
                .doesNotHaveDuplicates();
        assertThat(of(all, "LEI")).satisfies(leeds -> {
            assertThat(leeds.name()).isEqualTo("Leeds of the register");
            assertThat(leeds.force()).isEqualTo("13");
            assertThat(leeds.nearBoundary()).isTrue();
            assertThat(leeds.forceCertain()).isTrue();
            assertThat(leeds.addresses()).containsExactly("Leeds, LS12 2TJ");
            assertThat(leeds.differences()).isEmpty();
        });
        assertThat(of(all, "WOI")).satisfies(closed -> {
            assertThat(closed.active()).isFalse();
            assertThat(closed.force()).isNull();
            assertThat(closed.openCases()).isEqualTo(1);
            assertThat(closed.differences()).containsExactly("It is closed");
        });
        assertThat(of(all, "MDI")).satisfies(unread -> {
            assertThat(unread.registered()).isFalse();
            assertThat(unread.active()).isNull();
            assertThat(unread.seenAt()).isNull();
        });
        assertThat(of(all, "OLD").registered()).isFalse();
    }

    @Test
    void aScopeSeesItsPrisonsAndThoseOfItsForces() {
        assertThat(desk.list(new Scope(Set.of("WOI"), Set.of())))
                .extracting(Establishment::prison)
                .containsExactly("WOI");
        assertThat(desk.list(new Scope(Set.of(), Set.of("13"))))
                .extracting(Establishment::prison)
                .contains("LEI")
                .doesNotContain("MDI", "WOI");
        assertThat(desk.list(Scope.nothing())).isEmpty();
    }

    @Test
    void aClosedPrisonIsReadAsLongAsItHasAnOpenCase() {
        OpenCasePrisons reporting = new OpenCasePrisons(ledger.dataSource());
        assertThat(reporting.now()).isEqualTo(PrisonForces.reporting());

        ledger.waitingCase("SP-2026-000001", "WOI", "16", Duration.ofHours(1));
        assertThat(reporting.now()).hasSize(PrisonForces.reporting().size() + 1).contains("WOI", "NORTH");

        ledger.jdbc.sql("UPDATE referral_case SET state = 'CLOSED'").update();
        assertThat(reporting.now()).doesNotContain("WOI");
    }

    private static Establishment of(List<Establishment> all, String prison) {
        return all.stream()
                .filter(one -> one.prison().equals(prison))
                .findFirst()
                .orElseThrow();
    }
}
