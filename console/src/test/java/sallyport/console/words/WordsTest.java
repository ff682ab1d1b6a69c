package sallyport.console.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import sallyport.ledger.CaseState;

class WordsTest {

    private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");
    private final Words words = new Words(Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void saysCodesInWords() {
        assertThat(words.say("AWAITING_DECISION")).isEqualTo("Waiting for a decision");
        assertThat(words.say("NEVER_HEARD_OF")).isEqualTo("Never heard of");
        assertThat(words.say("victim-statement")).isEqualTo("Victim statement");
        assertThat(words.say(null)).isEqualTo("–");
        assertThat(Words.lane("force:46")).isEqualTo("Force 46");
        assertThat(Words.lane("tracker")).isEqualTo("Tracker");
    }

    @Test
    void tellsTimeInLondon() {
        assertThat(words.time(NOW)).isEqualTo("1 Jul 2026, 13:00");
        assertThat(words.day(LocalDate.parse("2026-01-31"))).isEqualTo("31 Jan 2026");
        assertThat(words.day(null)).isEqualTo("–");
    }

    @Test
    void tellsHowLongAFileIs() {
        assertThat(words.length(1)).isEqualTo("1 kB");
        assertThat(words.length(999_499)).isEqualTo("999 kB");
        assertThat(words.length(252_400_000)).isEqualTo("252 MB");
        assertThat(words.length(4_999_600_000L)).isEqualTo("5,000 MB");
    }

    @Test
    void countsTheClockDown() {
        assertThat(words.left(NOW.plus(Duration.ofMinutes(90)))).isEqualTo("1 h 30 min left");
        assertThat(words.left(NOW.minus(Duration.ofMinutes(5)))).isEqualTo("Overdue by 5 min");
        assertThat(words.overdue(NOW.minusSeconds(1), CaseState.AWAITING_DECISION))
                .isTrue();
        assertThat(words.overdue(NOW.minusSeconds(1), CaseState.DELIVERED)).isFalse();
        assertThat(words.ago(NOW.minus(Duration.ofDays(4)))).isEqualTo("4 days ago");
        assertThat(words.ago(null)).isEqualTo("never");
    }
}
