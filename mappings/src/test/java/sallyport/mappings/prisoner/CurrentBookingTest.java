package sallyport.mappings.prisoner;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CurrentBookingTest {

    /** Half an hour after midnight in London. */
    private static final Instant STARTED = Instant.parse("2024-06-09T23:30:00Z");

    @ParameterizedTest
    @CsvSource({
        "'{\"bookingId\":\"8\",\"receptionDate\":\"2024-07-01\"}', 2024-06-30T23:00:00Z",
        "'{\"bookingId\":\"8\",\"receptionDate\":\"2024-06-11\"}', 2024-06-10T23:00:00Z",
        "'{\"bookingId\":\"8\",\"receptionDate\":\"2024-06-09\"}', none",
        "'{\"bookingId\":\"7\",\"receptionDate\":\"2024-07-01\"}', none",
        "'{\"receptionDate\":\"2024-07-01\"}', none",
        "'{\"bookingId\":\"8\",\"receptionDate\":\"2024-06-10\"}', unknown",
        "'{\"bookingId\":\"8\"}', unknown"
    })
    void saysWhenAnotherBookingEnded(String prisoner, String ended) {
        CurrentBooking current = CurrentBooking.readAll(
                        ("[" + prisoner.replace("{", "{\"prisonerNumber\":\"A1111AA\",") + "]").getBytes())
                .get(0);

        assertThat(current.prisonerNumber()).isEqualTo("A1111AA");
        assertThat(current.after("7", STARTED))
                .isEqualTo(
                        switch (ended) {
                            case "unknown" -> Optional.empty();
                            case "none" -> Optional.of(new CurrentBooking.Other(null));
                            default -> Optional.of(new CurrentBooking.Other(Instant.parse(ended)));
                        });
    }

    @Test
    void nobodyIsNobody() {
        assertThat(CurrentBooking.readAll("[]".getBytes())).isEmpty();
    }
}
