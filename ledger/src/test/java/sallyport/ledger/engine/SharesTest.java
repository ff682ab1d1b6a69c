package sallyport.ledger.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SharesTest {

    @Test
    void givesEachLaneOneBeforeAnyGetsTwo() {
        assertThat(Shares.divide(4, Map.of("a", 10, "b", 10, "c", 10), 0))
                .containsOnly(Map.entry("a", 2), Map.entry("b", 1), Map.entry("c", 1));
    }

    @Test
    void letsEveryLaneComeFirstInTurn() {
        Set<String> first = new HashSet<>();
        for (int turn = 0; turn < 3; turn++) {
            first.addAll(Shares.divide(1, Map.of("a", 1, "b", 1, "c", 1), turn).keySet());
        }
        assertThat(first).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Property
    void neverGivesMoreThanIsFreeOrPermittedAndNeverLess(
            @ForAll @IntRange(max = 50) int free,
            @ForAll @Size(max = 8)
                    Map<@net.jqwik.api.constraints.StringLength(1) String, @IntRange(max = 9) Integer> permits,
            @ForAll int turn) {
        Map<String, Integer> shares = Shares.divide(free, permits, turn);

        int permitted = permits.values().stream().mapToInt(Integer::intValue).sum();
        assertThat(shares.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(Math.min(free, permitted));
        new TreeMap<>(shares).forEach((lane, share) -> assertThat(share).isLessThanOrEqualTo(permits.get(lane)));
    }
}
