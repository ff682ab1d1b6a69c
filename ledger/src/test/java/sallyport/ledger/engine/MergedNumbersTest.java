package sallyport.ledger.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import sallyport.ledger.engine.MergedNumbers.Merge;

class MergedNumbersTest {

    @Test
    void aChainEndsWhereItEndsWhoeverIsHeardOfFirst() {
        assertThat(MergedNumbers.of(List.of(merge("B", "C", 2), merge("A", "B", 1))))
                .isEqualTo(Map.of("A", "C", "B", "C"));
    }

    @Test
    void aNumberThatLivesAgainIsNobodyElses() {
        assertThat(MergedNumbers.of(List.of(merge("B", "A", 2), merge("A", "B", 1))))
                .isEqualTo(Map.of("B", "A"));
    }

    @Test
    void anOlderMergeIntoANumberDoesNotUndoALaterOneOutOfIt() {
        assertThat(MergedNumbers.of(List.of(merge("B", "C", 2), merge("A", "B", 1), merge("B", "D", 1))))
                .isEqualTo(Map.of("A", "C", "B", "C"));
    }

    @Property
    void whateverIsAnnouncedNobodyStandsForWhoStandsForAnother(@ForAll("merges") List<Merge> merges) {
        Map<String, String> now = MergedNumbers.of(merges);

        assertThat(java.util.Collections.disjoint(now.values(), now.keySet())).isTrue();
        assertThat(merges).extracting(Merge::removed).containsAll(now.keySet());
    }

    @Property
    void theOrderInWhichTheyAreHeardOfChangesNothing(
            @ForAll("merges") List<Merge> merges, @ForAll("orders") List<Integer> order) {
        List<Merge> shuffled = new java.util.ArrayList<>(merges);
        order.forEach(n -> java.util.Collections.rotate(shuffled.subList(0, Math.min(n, shuffled.size())), 1));

        assertThat(MergedNumbers.of(shuffled)).isEqualTo(MergedNumbers.of(merges));
    }

    @Provide
    Arbitrary<List<Merge>> merges() {
        Arbitrary<String> number = Arbitraries.of("A", "B", "C", "D", "E");
        return Combinators.combine(number, number, Arbitraries.integers().between(1, 4))
                .as(MergedNumbersTest::merge)
                .filter(merge -> !merge.kept().equals(merge.removed()))
                .list()
                .ofMaxSize(8);
    }

    @Provide
    Arbitrary<List<Integer>> orders() {
        return Arbitraries.integers().between(0, 8).list().ofMaxSize(6);
    }

    private static Merge merge(String removed, String kept, int at) {
        return new Merge(removed, kept, Instant.ofEpochSecond(at));
    }
}
