package sallyport.bench.crash;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScheduleTest {

    @Test
    void theSeedRepeatsTheSchedule() {
        assertThat(Strike.schedule(7, 300)).isEqualTo(Strike.schedule(7, 300));
        assertThat(Strike.schedule(7, 300)).isNotEqualTo(Strike.schedule(8, 300));
    }

    @Test
    void aScheduleStrikesAtEveryPointAndInEveryWay() {
        int deck = Strike.POINTS.size() + 18;

        assertThat(Strike.schedule(1, deck)).extracting(Strike::kind).contains(Strike.Kind.values());
        assertThat(Strike.schedule(1, deck))
                .filteredOn(strike -> strike.kind() == Strike.Kind.HALT)
                .extracting(Strike::point)
                .containsExactlyInAnyOrderElementsOf(Strike.POINTS);
    }
}
