package sallyport.routes.adjudicationintake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import sallyport.connectors.wire.Fetched;
import sallyport.ledger.Effect;
import sallyport.ledger.Effect.ChargeReferred;
import sallyport.ledger.Effect.CloseTasks;
import sallyport.ledger.Effect.OpenTask;
import sallyport.ledger.Effect.StoreSource;
import sallyport.ledger.PersonWork;
import sallyport.ledger.SourceKey;
import sallyport.routes.InventedProperties;

class AdjudicationIntakeTest {

    private static final Instant AT = Instant.parse("2026-07-02T09:00:00Z");

    private final AdjudicationIntake intake = new AdjudicationIntake(InventedProperties.GENERAL);

    @Test
    void anOldChargeThatCannotBeReadHoldsUpNoReferral() {
        String old = charge("LEI-000009", "DISMISSED").replace("\"gender\":\"MALE\"", "\"gender\":\"OTHER\"");
        byte[] all = ("[" + old + "," + charge("MDI-000001", "REFER_POLICE") + "]").getBytes(UTF_8);

        List<Effect> effects = keep(all, Set.of());

        assertThat(of(effects, ChargeReferred.class))
                .extracting(referred -> referred.key().recordId())
                .containsExactly("MDI-000001");
        assertThat(of(effects, StoreSource.class))
                .filteredOn(stored -> stored.key().system().equals(SourceKey.ADJUDICATIONS))
                .singleElement()
                .satisfies(stored -> assertThat(stored.raw()).isEqualTo(all));
        assertThat(of(effects, OpenTask.class)).singleElement().satisfies(task -> {
            assertThat(task.kind()).isEqualTo("ADJUDICATION");
            assertThat(task.subject()).isEqualTo("unreadable/LEI-000009");
            assertThat(task.prison()).isEqualTo("MDI");
            assertThat(task.detail())
                    .contains("LEI-000009", "unknown-code at /gender", "left out of packages")
                    .doesNotContain("A1234BC");
            assertThat(task.dueAt()).isNull();
        });
        assertThat(of(effects, CloseTasks.class)).singleElement().satisfies(closed -> assertThat(closed.subjects())
                .containsExactly("unreadable/MDI-000001"));
    }

    @Test
    void aReferralThatCannotBeReadIsUrgentAndOneThatWasReadBeforeToo() {
        String bad = charge("MDI-000001", "REFER_POLICE").replace("\"gender\":\"MALE\"", "\"gender\":\"OTHER\"");
        String known = charge("MDI-000002", "NEW_STATUS");

        assertThat(of(keep(("[" + bad + "," + known + ",{}]").getBytes(UTF_8), Set.of("MDI-000002")), OpenTask.class))
                .extracting(task -> task.dueAt() == null ? "none" : task.dueAt().toString())
                .containsExactly("2026-07-03T09:00:00Z", "2026-07-03T09:00:00Z", "none");
    }

    private List<Effect> keep(byte[] raw, Set<String> known) {
        return intake.keep(
                        Fetched.found(raw, URI.create("http://localhost/"), AT),
                        new PersonWork("A1234BC", List.of(), known))
                .all();
    }

    private static <E extends Effect> List<E> of(List<Effect> effects, Class<E> type) {
        return effects.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static String charge(String number, String status) {
        return """
                {"chargeNumber":"%s","prisonerNumber":"A1234BC","gender":"MALE",
                 "incidentDetails":{"locationUuid":"0198a5c6-7b1a-7c3e-9d2f-00000000000a","dateTimeOfIncident":"2026-07-01T10:00:00",
                  "dateTimeOfDiscovery":"2026-07-01T10:00:00","handoverDeadline":"2026-07-03T10:00:00"},
                 "isYouthOffender":false,"incidentRole":{},
                 "offenceDetails":{"offenceCode":1002,"offenceRule":{"paragraphNumber":"1",
                  "paragraphDescription":"Commits any assault"},"protectedCharacteristics":[]},
                 "incidentStatement":{"statement":"Invented"},"createdByUserId":"U",
                 "createdDateTime":"2026-07-01T12:00:00","status":"%s","damages":[],"evidence":[],
                 "witnesses":[],"hearings":[],"outcomes":[],"originatingAgencyId":"MDI","linkedChargeNumbers":[]}
                """
                .formatted(number, status);
    }
}
