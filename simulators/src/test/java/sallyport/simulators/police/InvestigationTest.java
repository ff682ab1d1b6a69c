package sallyport.simulators.police;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InvestigationTest {

    private static final Duration HOUR = Duration.ofSeconds(2);

    @Test
    void saysTheSameOfTheSameCase() {
        assertThat(messages(1)).isEqualTo(messages(1)).isNotEqualTo(messages(2));
    }

    @Test
    void givesEveryMessageOfACaseAnIdOfItsOwn() {
        for (int i = 0; i < 500; i++) {
            assertThat(messages(i)).extracting(PoliceMessage::messageId).doesNotHaveDuplicates();
        }
    }

    @Test
    void sometimesNamesACodeOrACaseThatIsNone() {
        List<PoliceMessage> all = IntStream.range(0, 2000)
                .boxed()
                .flatMap(i -> messages(i).stream())
                .toList();

        assertThat(all).extracting(PoliceMessage::odd).contains("unknown-code", "unknown-case", "late");
        assertThat(all)
                .filteredOn(message -> "unknown-code".equals(message.odd()))
                .hasSizeLessThan(100);
        assertThat(all)
                .filteredOn(message -> message.type().equals("OUTCOME") && "1".equals(message.code()))
                .isNotEmpty();
    }

    private static List<PoliceMessage> messages(int number) {
        return Investigation.of(1, HOUR, "46", "SP-2026-%06d".formatted(number));
    }
}
