package sallyport.simulators.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class IdentifiersTest {

    @Test
    void pncNumbersHaveTheCheckLetterOfTheKnownOnes() {
        assertThat(Identifiers.pnc(1979, 163001)).isEqualTo("1979/0163001B");
        assertThat(Identifiers.pnc(2002, 73319)).isEqualTo("2002/0073319Z");
        assertThat(Identifiers.pnc(1981, 34)).isEqualTo("1981/0000034U");
        assertThat(Identifiers.pnc(2012, 394773)).isEqualTo("2012/0394773H");
        assertThat(Identifiers.pncShort("2012/0394773H")).isEqualTo("12/394773H");
    }

    @Test
    void croNumbersHaveTheCheckLetterOfTheKnownOnes() {
        assertThat(Identifiers.cro(2008, 123456)).isEqualTo("123456/08T");
        assertThat(Identifiers.cro(1991, 65656)).isEqualTo("065656/91H");
    }

    @Test
    void prisonerNumbersAreWellFormedAndAllDifferent() {
        assertThat(LongStream.range(1, 20_000).mapToObj(Identifiers::prisonerNumber))
                .allMatch(number -> number.matches("[A-Z]\\d{4}[A-Z]{2}"))
                .doesNotHaveDuplicates();
    }
}
