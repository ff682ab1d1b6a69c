package sallyport.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import sallyport.Casebook;
import sallyport.TestHub;

/** The prison register, read into establishments and compared with the table of prisons and forces. */
class PrisonRegisterIT {

    private final TestHub hub = TestHub.shared();
    private final Casebook cases = new Casebook(hub);

    @AfterEach
    void theRegisterIsAsItWas() {
        hub.simulators().prisonRegister().asItWas();
        readAgain();
        await("mended").until(() -> openTasks() == 0);
    }

    @Test
    void eachDifferenceIsOneWorkItemUntilItIsMended() {
        readAgain();
        assertThat(openTasks()).isZero();
        assertThat(establishment("LEI").path("active").asBoolean()).isTrue();
        assertThat(establishment("LEI").path("force").asText()).isEqualTo("13");

        hub.simulators().prisonRegister().opens("ZZI", "Invented (HMP)");
        hub.simulators().prisonRegister().closes("MDI");
        hub.simulators().prisonRegister().moves("LEI", "LS99 9ZZ");
        hub.simulators().prisonRegister().moves("GNI", "LS99 9ZZ");
        readAgain();
        readAgain();

        assertThat(hub.jdbc()
                        .sql(
                                "SELECT subject || ' ' || prison FROM task WHERE kind = 'REGISTER' AND closed_at IS NULL ORDER BY 1")
                        .query(String.class)
                        .list())
                .containsExactly("register/CLOSED/MDI MDI", "register/NO_FORCE/ZZI ZZI", "register/POSTCODE/LEI LEI");
        assertThat(establishment("ZZI").path("name").asText()).isEqualTo("Invented (HMP)");
        assertThat(establishment("ZZI").hasNonNull("force")).isFalse();
        assertThat(establishment("MDI").path("differences").get(0).asText()).contains("closed");
    }

    private void readAgain() {
        long before = cases.count("SELECT fence FROM poll_source WHERE system = 'prison-register'");
        await("due")
                .until(() -> hub.jdbc()
                                .sql(
                                        "UPDATE poll_source SET next_at = now() WHERE system = 'prison-register' AND next_at > now() + interval '1 hour'")
                                .update()
                        == 1);
        await("read")
                .until(() -> cases.count(
                                "SELECT count(*) FROM poll_source WHERE system = 'prison-register' AND fence > ? AND next_at > now() + interval '1 hour'",
                                before)
                        == 1);
    }

    private long openTasks() {
        return cases.count("SELECT count(*) FROM task WHERE kind = 'REGISTER' AND closed_at IS NULL");
    }

    private JsonNode establishment(String prison) {
        return StreamSupport.stream(
                        Casebook.tree(hub.get("/api/v1/establishments").body())
                                .path("items")
                                .spliterator(),
                        false)
                .filter(one -> one.path("prison").asText().equals(prison))
                .findFirst()
                .orElseThrow();
    }
}
