package sallyport.mappings.adjudication;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import sallyport.mappings.Rejected;

class ChargesTest {

    private static final String GOOD =
            InventedCharges.raw("MDI-000001", "A1234BC", "MDI", "2026-07-01T10:00:00", "1", 1002, false);

    @Test
    void oneThatCannotBeReadHoldsBackNoOther() {
        String old = GOOD.replace("MDI-000001", "LEI-000009")
                .replace("\"originatingAgencyId\":\"MDI\"", "\"originatingAgencyId\":\"LEI\"")
                .replace("\"gender\":\"MALE\"", "\"gender\":\"OTHER\"");

        Charges charges = Charges.read(("[" + old + "," + GOOD + "]").getBytes(UTF_8));

        assertThat(charges.all()).extracting(Adjudication::chargeNumber).containsExactly("MDI-000001");
        assertThat(charges.readable().get(0).raw())
                .isEqualTo(
                        Adjudication.split(("[" + GOOD + "]").getBytes(UTF_8)).get(0));
        assertThat(charges.unreadable()).singleElement().satisfies(unreadable -> {
            assertThat(unreadable.chargeNumber()).isEqualTo("LEI-000009");
            assertThat(unreadable.prison()).isEqualTo("LEI");
            assertThat(unreadable.status()).isEqualTo("REFER_POLICE");
            assertThat(unreadable.referredToPolice()).isTrue();
            assertThat(unreadable.code()).isEqualTo("unknown-code");
            assertThat(unreadable.where()).isEqualTo("/gender");
            assertThat(new String(unreadable.raw(), UTF_8)).contains("LEI-000009");
        });
    }

    @Test
    void ofWhatIsNoChargeAtAllNothingIsKnown() {
        Charges charges = Charges.read("[7,{\"status\":\"NEW\"}]".getBytes(UTF_8));

        assertThat(charges.readable()).isEmpty();
        assertThat(charges.unreadable()).hasSize(2).allSatisfy(unreadable -> {
            assertThat(unreadable.chargeNumber()).isNull();
            assertThat(unreadable.prison()).isNull();
            assertThat(unreadable.referredToPolice()).isFalse();
        });
        assertThat(charges.unreadable()).extracting(Charges.Unreadable::status).containsExactly(null, "NEW");
        assertThat(charges.unreadable()).extracting(Charges.Unreadable::code).containsOnly("schema-invalid");
    }

    @Test
    void whatIsNoListIsRefused() {
        assertThatThrownBy(() -> Charges.read("{}".getBytes(UTF_8))).isInstanceOf(Rejected.class);
        assertThatThrownBy(() -> Charges.read("[".getBytes(UTF_8))).isInstanceOf(Rejected.class);
        assertThat(Charges.read("[]".getBytes(UTF_8)).all()).isEmpty();
    }
}
