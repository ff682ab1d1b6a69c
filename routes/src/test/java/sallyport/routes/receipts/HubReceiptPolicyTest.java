package sallyport.routes.receipts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import sallyport.ledger.CaseClass;
import sallyport.ledger.ReceiptPolicy.Awaited;
import sallyport.ledger.Rung;

/** What is awaited of whom, and by when. */
class HubReceiptPolicyTest {

    @Test
    void theFirstRungIsAwaitedFromThePromiseAndTheOthersFromTheAcceptance() {
        assertThat(rungs(Map.of(), null)).containsExactly(Rung.ACCEPTED);
        assertThat(rungs(Map.of(), "cjse"))
                .containsExactly(Rung.DELIVERED, Rung.CRIME_REFERENCE, Rung.OFFICER_ALLOCATED, Rung.OUTCOME);
    }

    @Test
    void whatAChannelNeverGivesIsNotWaitedFor() {
        assertThat(rungs(Map.of(), "secure-mail")).doesNotContain(Rung.RETRIEVED, Rung.DELIVERED);
        assertThat(rungs(Map.of(), "ihub")).containsExactly(Rung.CRIME_REFERENCE, Rung.OFFICER_ALLOCATED, Rung.OUTCOME);
        assertThat(policy(Map.of()).awaited("force:46", "cjse", CaseClass.ROUTINE, true))
                .as("nobody gives a withdrawal a crime reference")
                .extracting(Awaited::rung)
                .containsExactly(Rung.DELIVERED);
        assertThat(policy(Map.of()).awaited("tracker", "tracker", CaseClass.ROUTINE, false))
                .isEmpty();
    }

    @Test
    void theImmediateClassIsTighter() {
        for (Rung rung : Rung.values()) {
            for (String channel : new String[] {"cjse", "file-drop", "secure-mail"}) {
                var routine = find(policy(Map.of()).awaited("force:46", channel, CaseClass.ROUTINE, false), rung);
                var immediate = find(policy(Map.of()).awaited("force:46", channel, CaseClass.IMMEDIATE, false), rung);
                if (routine != null && immediate != null) {
                    assertThat(immediate.overdue()).as(rung.name()).isLessThan(routine.overdue());
                }
            }
        }
    }

    @Test
    void aForceHasTimesOfItsOwn() {
        Map<String, String> settings = Map.of(
                "sallyport.receipts.routine.crime-reference", "1h,2h",
                "sallyport.receipts.only.46.routine.crime-reference", "3h,4h",
                "sallyport.receipts.only.46.never", "officer-allocated");

        assertThat(find(policy(settings).awaited("force:46", "ihub", CaseClass.ROUTINE, false), Rung.CRIME_REFERENCE))
                .satisfies(awaited -> assertThat(awaited.overdue()).isEqualTo(Duration.ofHours(4)));
        assertThat(find(policy(settings).awaited("force:13", "ihub", CaseClass.ROUTINE, false), Rung.CRIME_REFERENCE))
                .satisfies(awaited -> assertThat(awaited.warn()).isEqualTo(Duration.ofHours(1)));
        assertThat(rungs(settings, "ihub")).doesNotContain(Rung.OFFICER_ALLOCATED);
    }

    @Test
    void timesThatCannotBeStopTheStart() {
        for (String wrong : new String[] {"2h,1h", "2h", "-1h,2h", "0s,0s"}) {
            assertThatThrownBy(() -> policy(Map.of("sallyport.receipts.routine.crime-reference", wrong)))
                    .hasRootCauseMessage(
                            "sallyport.receipts.routine.crime-reference must be two durations, the warning first,"
                                    + " such as 12h,24h");
        }
        assertThatThrownBy(() -> policy(Map.of("sallyport.receipts.only.leeds.routine.outcome", "1h,2h")))
                .hasRootCauseInstanceOf(IllegalArgumentException.class);
    }

    private static List<Rung> rungs(Map<String, String> settings, @Nullable String channel) {
        return policy(settings).awaited("force:46", channel, CaseClass.ROUTINE, false).stream()
                .map(Awaited::rung)
                .toList();
    }

    private static @Nullable Awaited find(List<Awaited> all, Rung rung) {
        return all.stream()
                .filter(awaited -> awaited.rung() == rung)
                .findFirst()
                .orElse(null);
    }

    private static HubReceiptPolicy policy(Map<String, String> settings) {
        var binder = new Binder(new MapConfigurationPropertySource(settings));
        return new HubReceiptPolicy(binder.bindOrCreate("sallyport.receipts", ReceiptProperties.class));
    }
}
