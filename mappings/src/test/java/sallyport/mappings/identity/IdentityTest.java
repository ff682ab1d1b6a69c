package sallyport.mappings.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sallyport.mappings.Rejected;

class IdentityTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1979/0163001B",
                "2002/0073319Z",
                "1981/0000034U",
                "2003/0000003Y",
                "2015/0123456U",
                "2003/0011985X",
                "2012/0394773H"
            })
    void acceptsPncIdsWhoseCheckLetterFits(String pnc) {
        assertThat(PncId.of(pnc, "/pnc", 2026).value()).isEqualTo(pnc);
    }

    @ParameterizedTest
    @CsvSource({
        "12/394773H, 2012/0394773H",
        "79/163001B, 1979/0163001B",
        "2012/394773h, 2012/0394773H",
        "20120394773H, 2012/0394773H",
        "12394773H, 2012/0394773H",
        "03/3Y, 2003/0000003Y",
        "' 81/34U ', 1981/0000034U"
    })
    void writesPncIdsInOneForm(String text, String canonical) {
        assertThat(PncId.of(text, "/pnc", 2026).value()).isEqualTo(canonical);
    }

    @Test
    void aTwoDigitYearIsTheLatestOneNotAfterTheReferenceYear() {
        assertThat(PncId.of("12/394773H", "/pnc", 2012).value()).startsWith("2012/");
        assertThat(PncId.of("12/394773H", "/pnc", 2011).value()).startsWith("1912/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2001/0171310S",
                "1979/0163001C",
                "12/394773J",
                "1979/01630011B",
                "1979/B",
                "",
                "1879/0163001B",
                "12/394773"
            })
    void refusesPncIdsWhoseFormOrLetterIsWrong(String pnc) {
        refuses((text, where) -> PncId.of(text, where, 2026), pnc, "invalid-pnc");
    }

    @Test
    void theCorrectLetterOfTheKnownWrongPncIsTaken() {
        assertThat(PncId.of("2001/0171310W", "/pnc", 2026).value()).isEqualTo("2001/0171310W");
    }

    @ParameterizedTest
    @CsvSource({
        "123456/08T, 123456/08T",
        "265416/21G, 265416/21G",
        "065656/91H, 065656/91H",
        "65656/91H, 065656/91H",
        "SF39/83408Q, SF39/83408Q",
        "SF05/482703J, SF05/482703J",
        "sf83/50058z, SF83/50058Z"
    })
    void acceptsCroNumbersWhoseCheckLetterFits(String text, String canonical) {
        assertThat(CroNumber.of(text, "/cro").value()).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(strings = {"123456/08U", "SF39/83408R", "SF39/083408Q", "1234567/08T", "123456/8T", "CRO"})
    void refusesCroNumbersWhoseFormOrLetterIsWrong(String cro) {
        refuses(CroNumber::of, cro, "invalid-cro");
    }

    @ParameterizedTest
    @CsvSource({
        "1101ZD0100000448754K, 1101ZD0100000448754K",
        "1101VK0100000376263Q, 1101VK0100000376263Q",
        "11/01ZD/01/448754K, 1101ZD0100000448754K",
        "11C01ZD0100000448754K, 11C01ZD0100000448754K",
        "11/C01ZD/01/448754k, 11C01ZD0100000448754K",
        "11/01ZD/01/00000448754K, 1101ZD0100000448754K",
        "11AAZD0100000448754E, 11AAZD0100000448754E",
        "1101ZDAB00000448754E, 1101ZDAB00000448754E"
    })
    void acceptsArrestSummonsNumbersWhoseCheckLetterFits(String text, String canonical) {
        assertThat(Asn.of(text, "/asn").value()).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1101ZD0100000448754L", "1101ZD010000044875K", "1101ZD0100000448754I", ""})
    void refusesArrestSummonsNumbersWhoseFormOrLetterIsWrong(String asn) {
        refuses(Asn::of, asn, "invalid-asn");
    }

    @ParameterizedTest
    @CsvSource({"01ZD0303208, 01ZD0303208", "45 AA 02098 20, 45AA0209820", "01zd0303208(m)/2, 01ZD0303208(M)/2"})
    void acceptsUniqueReferenceNumbers(String text, String canonical) {
        assertThat(Urn.of(text, "/urn").value()).isEqualTo(canonical);
    }

    @Test
    void acceptsThePlainIdentifiers() {
        assertThat(PrisonerNumber.of(" a1234bc ", "/n").value()).isEqualTo("A1234BC");
        assertThat(OffenceCode.of("COML016A", "/c").value()).isEqualTo("COML016A");
        assertThat(OffenceCode.of("PR52043", "/c").value()).isEqualTo("PR52043");
        assertThat(ForceCode.of("46", "/f").value()).isEqualTo("46");
        assertThat(PrisonId.of("STC3", "/p").value()).isEqualTo("STC3");
        assertThat(CaseReference.of("SP-2026-000123", "/r").value()).isEqualTo("SP-2026-000123");
    }

    @Test
    void refusesPlainIdentifiersOfAnotherForm() {
        refuses(PrisonerNumber::of, "A12345C", "invalid-prisoner-number");
        refuses(OffenceCode::of, "PR5204", "invalid-offence-code");
        refuses(ForceCode::of, "4", "invalid-force-code");
        refuses(PrisonId::of, "M", "invalid-prison-id");
        refuses(CaseReference::of, "SP-2026-12345", "invalid-case-reference");
        refuses(Urn::of, "45AA020982", "invalid-urn");
    }

    @Test
    void aValueOfAnIdentifierTypeIsAlwaysWellFormed() {
        assertThatThrownBy(() -> new PncId("2001/0171310S")).isInstanceOf(Rejected.class);
        assertThatThrownBy(() -> new PncId("12/394773H")).isInstanceOf(Rejected.class);
        assertThatThrownBy(() -> new CroNumber("65656/91H")).isInstanceOf(Rejected.class);
        assertThatThrownBy(() -> new Asn("11/01ZD/01/448754K")).isInstanceOf(Rejected.class);
        assertThatThrownBy(() -> new PrisonerNumber("a1234bc")).isInstanceOf(Rejected.class);
        assertThatThrownBy(() -> new CaseReference("SP-26-1")).isInstanceOf(Rejected.class);
        assertThatThrownBy(() -> new ForceCode("460")).isInstanceOf(Rejected.class);
        assertThatThrownBy(() -> new OffenceCode("theft")).isInstanceOf(Rejected.class);
        assertThatThrownBy(() -> new PrisonId("mdi")).isInstanceOf(Rejected.class);
        assertThatThrownBy(() -> new Urn("45 AA 02098 20")).isInstanceOf(Rejected.class);
    }

    @Test
    void anIdentifierIsWrittenAsItsValue() {
        assertThat(new PncId("1979/0163001B")).hasToString("1979/0163001B");
        assertThat(new CroNumber("123456/08T")).hasToString("123456/08T");
        assertThat(new Asn("1101ZD0100000448754K")).hasToString("1101ZD0100000448754K");
        assertThat(new Urn("45AA0209820")).hasToString("45AA0209820");
        assertThat(new CaseReference("SP-2026-000123")).hasToString("SP-2026-000123");
        assertThat(new ForceCode("46")).hasToString("46");
        assertThat(new OffenceCode("PR52043")).hasToString("PR52043");
        assertThat(new PrisonId("MDI")).hasToString("MDI");
        assertThat(new PrisonerNumber("A1234BC")).hasToString("A1234BC");
    }

    private static void refuses(BiFunction<String, String, ?> factory, String text, String code) {
        assertThatThrownBy(() -> factory.apply(text, "/some/field"))
                .isInstanceOfSatisfying(Rejected.class, rejected -> {
                    assertThat(rejected.code()).isEqualTo(code);
                    assertThat(rejected.where()).isEqualTo("/some/field");
                    if (!text.isEmpty()) {
                        assertThat(rejected.getMessage()).doesNotContain(text);
                    }
                });
    }
}
