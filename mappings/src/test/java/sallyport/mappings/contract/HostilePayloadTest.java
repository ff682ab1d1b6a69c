package sallyport.mappings.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import sallyport.mappings.Rejected;

/** What nobody should send: it is read, or refused with a code and the place, and nothing else happens. */
class HostilePayloadTest {

    private static final Set<String> REFUSALS =
            Set.of("not-json", "schema-invalid", "unknown-code", "unknown-incident-type");

    @Provide
    Arbitrary<String> systems() {
        return Arbitraries.of(ContractFacts.READ);
    }

    @Property(tries = 4_000)
    void aHostileValueAnywhereIsReadOrRefusedWithItsPlace(@ForAll("systems") String system, @ForAll long seed) {
        Random random = new Random(seed);
        JsonNode payload = new ValidPayloads(system).root(random);

        readOrRefused(system, HostilePayloads.exchanged(payload, random));
    }

    @Property(tries = 1_000)
    void aFieldThatIsSaidTwiceIsRefusedAndNeitherIsDropped(@ForAll("systems") String system, @ForAll long seed) {
        Random random = new Random(seed);
        JsonNode payload = new ValidPayloads(system).root(random);
        byte[] said = HostilePayloads.saidTwice(payload, random);

        if (new String(said, StandardCharsets.UTF_8).contains("\"said again\"")) {
            assertThatThrownBy(() -> Readers.read(system, said))
                    .isInstanceOfSatisfying(Rejected.class, rejected -> assertThat(rejected.code())
                            .isEqualTo("schema-invalid"));
        } else {
            readOrRefused(system, said);
        }
    }

    @Property(tries = 500)
    void whatStopsHalfwayIsNoPayload(@ForAll("systems") String system, @ForAll long seed) {
        Random random = new Random(seed);
        byte[] payload = ValidPayloads.bytes(new ValidPayloads(system).root(random));
        byte[] half = Arrays.copyOf(payload, random.nextInt(payload.length));

        assertThatThrownBy(() -> Readers.read(system, half)).isInstanceOf(Rejected.class);
    }

    @Example
    void everyHostileValueAloneIsNoPayload() {
        for (String system : Readers.ALL) {
            for (String value : HostilePayloads.VALUES) {
                readOrRefused(system, value.getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static void readOrRefused(String system, byte[] payload) {
        try {
            Readers.read(system, payload);
        } catch (Rejected rejected) {
            assertThat(rejected.code()).isIn(REFUSALS);
            assertThat(rejected.where()).matches("/|(/[A-Za-z0-9]+)+");
        }
    }
}
