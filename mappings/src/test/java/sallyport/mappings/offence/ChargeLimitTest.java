package sallyport.mappings.offence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sallyport.mappings.identity.OffenceCode;

class ChargeLimitTest {

    @ParameterizedTest
    @CsvSource({
        "2026-08-03T08:40:00Z, 2027-02-03",
        // The month that it falls into is too short.
        "2026-08-31T08:40:00Z, 2027-02-28",
        "2027-08-30T08:40:00Z, 2028-02-29",
        "2026-02-28T12:00:00Z, 2026-08-28",
        // London's day: half past midnight in summer time.
        "2026-07-31T23:30:00Z, 2027-02-01",
        "2026-12-31T23:30:00Z, 2027-06-30"
    })
    void isSixCalendarMonthsAfterTheDay(Instant committed, LocalDate last) {
        assertThat(ChargeLimit.of(offence("CJ88116"), committed)).contains(last);
    }

    @Test
    void isThereForSummaryOnlyOffencesAlone() {
        Instant committed = Instant.parse("2026-08-03T08:40:00Z");
        assertThat(Offences.all()).allSatisfy(offence -> assertThat(
                        ChargeLimit.of(offence, committed).isPresent())
                .as(offence.code().value())
                .isEqualTo(offence.category() == Offence.Category.CS));
        assertThat(ChargeLimit.of(offence("CJ88160"), committed)).isEmpty();
    }

    @Test
    void isNoDayThatNobodyCanRead() {
        assertThat(ChargeLimit.of(offence("CJ88116"), Instant.parse("9999-06-29T12:00:00Z")))
                .contains(LocalDate.parse("9999-12-29"));
        assertThat(ChargeLimit.of(offence("CJ88116"), Instant.parse("9999-12-31T12:00:00Z")))
                .isEmpty();
    }

    private static Offence offence(String code) {
        return Offences.get(new OffenceCode(code), "/code");
    }
}
