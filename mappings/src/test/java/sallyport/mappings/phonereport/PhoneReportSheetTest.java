package sallyport.mappings.phonereport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sallyport.mappings.Rejected;
import sallyport.mappings.phonereport.PhoneReportSheet.Bad;
import sallyport.mappings.phonereport.PhoneReportSheet.Good;
import sallyport.mappings.phonereport.PhoneReportSheet.Row;

class PhoneReportSheetTest {

    private static final String HEADER = "reference,prison,occurred,reported,type,prisoners,summary\r\n";
    private static final String GOOD = "N-1,LEI,2026-07-01 10:00,2026-07-01 10:20,assault,A1234BC,Two men\r\n";

    @Test
    void readsARow() {
        PhoneReport report = good(rows(HEADER + GOOD).get(0));

        assertThat(report.reference()).isEqualTo("N-1");
        assertThat(report.prison()).isEqualTo("LEI");
        assertThat(report.occurredAt().instant()).isEqualTo(Instant.parse("2026-07-01T09:00:00Z"));
        assertThat(report.occurredAt().text()).isEqualTo("2026-07-01 10:00");
        assertThat(report.reportedAt()).isNotNull();
        assertThat(report.families()).containsExactly("ASSAULT");
        assertThat(report.prisoners()).containsExactly("A1234BC");
        assertThat(report.summary()).isEqualTo("Two men");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-02T03:04, 2026-01-02T03:04:00Z",
        "2026-01-02 03:04:05, 2026-01-02T03:04:05Z",
        "02/01/2026 03:04, 2026-01-02T03:04:00Z",
        "2/1/2026 3:04:05, 2026-01-02T03:04:05Z",
        "2026-01-02T03:04Z, 2026-01-02T03:04:00Z"
    })
    void timesAreReadAsPeopleAndSpreadsheetsWriteThem(String text, Instant instant) {
        assertThat(good(rows(HEADER + "N-1,LEI," + text + ",,,,\n").get(0))
                        .occurredAt()
                        .instant())
                .isEqualTo(instant);
    }

    @Test
    void aCellInQuotesMayHoldLineEndsDelimitersAndQuotes() {
        List<Row> rows = rows(
                HEADER + "N-1,LEI,2026-07-01 10:00,,,,\"one\r\ntwo, \"\"three\"\"\"\r\n" + GOOD.replace("N-1", "N-2"));

        assertThat(good(rows.get(0)).summary()).isEqualTo("one\r\ntwo, \"three\"");
        assertThat(good(rows.get(1)).reference()).isEqualTo("N-2");
        assertThat(rows).extracting(Row::number).containsExactly(2, 3);
    }

    @ParameterizedTest
    @CsvSource({
        "'N-1,LEI,2026-07-01 10:00,,,\n', column-count, /rows/2",
        "'N-1,LEI,2026-07-01 10:00,,,,,\n', column-count, /rows/2",
        "'N-1,LEI,,,,,\n', missing-value, /rows/2/occurred",
        "',LEI,2026-07-01 10:00,,,,\n', missing-value, /rows/2/reference",
        "'N-1,,2026-07-01 10:00,,,,\n', missing-value, /rows/2/prison",
        "'N-1,LEI,yesterday,,,,\n', schema-invalid, /rows/2/occurred",
        "'N-1,LEI,2026-07-01,,,,\n', schema-invalid, /rows/2/occurred",
        "'N-1,LEI,31/02/2026 10:00,,,,\n', schema-invalid, /rows/2/occurred",
        "'N-1,LEI,2026-07-01 10:00,noon,,,\n', schema-invalid, /rows/2/reported",
        "'N<1,LEI,2026-07-01 10:00,,,,\n', schema-invalid, /rows/2/reference",
        "'N-1,Nowhere,2026-07-01 10:00,,,,\n', unknown-prison, /rows/2/prison",
        "'N-1,LEI,2026-07-01 10:00,,,,=HYPERLINK(1)\n', formula-cell, /rows/2/summary",
        "'N-1,LEI,2026-07-01 10:00,,@SUM(1),,\n', formula-cell, /rows/2/type",
        "'N-1,LEI,2026-07-01 10:00,,,+1,\n', formula-cell, /rows/2/prisoners",
        "'N-1,LEI,2026-07-01 10:00,,,,\" \t-1+1\"\n', formula-cell, /rows/2/summary",
        "'N-1,LEI,2026-07-01 10:00,,,,he said \"no\"\n', quotes-do-not-fit, /rows/2",
        "'N-1,LEI,2026-07-01 10:00,,,,\"said\" he\n', quotes-do-not-fit, /rows/2",
        "'N-1,LEI,2026-07-01 10:00,,,,\"never closed\n', quotes-do-not-fit, /rows/2"
    })
    void aBadRowIsNamedAndTheOthersGoOn(String bad, String code, String where) {
        List<Row> rows = rows(HEADER + bad.replace("\\n", "\n").replace("\\t", "\t") + GOOD.replace("N-1", "N-2"));

        assertThat(rows).hasSize(2);
        assertThat(rows.get(0)).isInstanceOfSatisfying(Bad.class, row -> {
            assertThat(row.code()).isEqualTo(code);
            assertThat(row.where()).isEqualTo(where);
            assertThatThrownBy(() -> PhoneReport.read(row.raw(), row.number()))
                    .isInstanceOfSatisfying(Rejected.class, again -> {
                        assertThat(again.code()).isEqualTo(code);
                        assertThat(again.where()).isEqualTo(where);
                    });
        });
        assertThat(good(rows.get(1)).reference()).isEqualTo("N-2");
    }

    @Test
    void aRowCutOutSaysWhatItSaidInTheList() {
        for (Charset charset : List.of(UTF_8, ISO_8859_1, UTF_16LE, UTF_16BE)) {
            byte[] raw = marked(charset, HEADER + GOOD + "N-2,LEI,2026-07-01 10:00,,fire,,Kübel « brannte »\nrest");
            List<Row> rows = PhoneReportSheet.read(raw, 10);

            assertThat(good(rows.get(1)).summary()).as(charset.name()).isEqualTo("Kübel « brannte »");
            for (Row row : rows.subList(0, 2)) {
                assertThat(PhoneReport.read(row.raw(), row.number())).isEqualTo(good(row));
            }
        }
    }

    @Test
    void windowsLettersAreThoseOfWindows() {
        byte[] raw =
                (HEADER + "N-1,LEI,2026-07-01 10:00,,,,caf\u00e9 \u0093quoted\u0094 \u0080 5").getBytes(ISO_8859_1);

        assertThat(good(PhoneReportSheet.read(raw, 10).get(0)).summary()).isEqualTo("café “quoted” € 5");
    }

    @Test
    void aMarkOfUtf8BeforeLatin1IsNoPartOfTheListAndItsRowsSayTheSameCutOut() {
        byte[] raw = ("\u00EF\u00BB\u00BF" + HEADER + GOOD
                        + "N-2,LEI,2026-07-01 10:00,,fire,,K\u00fcbel \u00e9t\u00e9\r\n")
                .getBytes(ISO_8859_1);
        List<Row> rows = PhoneReportSheet.read(raw, 10);

        assertThat(rows).hasSize(2);
        assertThat(good(rows.get(1)).summary()).isEqualTo("Kübel été");
        assertThat(PhoneReport.read(rows.get(1).raw(), 3)).isEqualTo(good(rows.get(1)));
        assertThat(PhoneReport.read(rows.get(0).raw(), 2)).isEqualTo(good(rows.get(0)));
    }

    @Test
    void brokenUtf8BehindItsMarkIsNotTakenForLatin1() {
        byte[] raw = ("\u00EF\u00BB\u00BF" + HEADER + "N-1,LEI,2026-07-01 10:00,,,,caf\u00c3\u00a9 caf\u00c3\r\n")
                .getBytes(ISO_8859_1);

        refused(raw, "not-text", "/");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstName() {
        assertThat(rows("\uFEFF" + HEADER + GOOD)).hasSize(1).allMatch(Good.class::isInstance);
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t"})
    void theDelimiterIsThatOfTheNames(String delimiter) {
        assertThat(rows((HEADER + GOOD).replace(",", delimiter))).hasSize(1).allMatch(Good.class::isInstance);
    }

    @Test
    void namesOfColumnsAreThoseThatPeopleUseInAnyOrder() {
        List<Row> rows = rows(
                "Incident Type,Date and Time of incident,NIMU-Reference,Establishment\nfire,01/07/2026 10:00,x9,HMP Leeds\n");

        PhoneReport report = good(rows.get(0));
        assertThat(report.reference()).isEqualTo("X9");
        assertThat(report.prison()).isEqualTo("LEI");
        assertThat(report.families()).containsExactly("FIRE");
    }

    @Test
    void aColumnThatNobodyReadsIsSaidByItsPlaceAndTheRowsGoOn() {
        List<Row> rows = rows("reference,prison,occurred,Jane Doe\nN-1,LEI,2026-07-01 10:00,x\n");

        assertThat(rows.get(0)).isInstanceOfSatisfying(Bad.class, row -> {
            assertThat(row.code() + " " + row.where()).isEqualTo("unknown-column /rows/1/4");
            assertThatThrownBy(() -> PhoneReport.read(row.raw(), 1)).hasMessage("unknown-column at /rows/1/4");
        });
        assertThat(good(rows.get(1)).reference()).isEqualTo("N-1");
    }

    @ParameterizedTest
    @CsvSource({
        "'', empty, /",
        "'N-1,LEI,2026-07-01 10:00\n', missing-column, /rows/1",
        "'reference,prison,when\n', missing-column, /rows/1/occurred",
        "'reference,reference,prison,occurred\n', repeated-column, /rows/1/reference"
    })
    void aListThatIsNoneIsRefusedWhole(String list, String code, String where) {
        refused(list.getBytes(UTF_8), code, where);
    }

    @Test
    void whatIsNoTextIsRefusedWhole() {
        refused((HEADER + GOOD).getBytes(UTF_16LE), "not-text", "/");
        refused(new byte[] {'P', 'K', 3, 4, 0, 0}, "not-text", "/");
        refused(new byte[] {(byte) 0xFF, (byte) 0xFE, 0, 0, 'r', 0, 0, 0}, "not-text", "/");
        refused(new byte[] {(byte) 0xFF, (byte) 0xFE, 'r'}, "not-text", "/");
    }

    @Test
    void moreRowsThanAllowedAreRefusedWhole() {
        byte[] raw = (HEADER + GOOD + "\n\n" + GOOD + GOOD).getBytes(UTF_8);

        assertThat(PhoneReportSheet.read(raw, 3)).hasSize(3);
        assertThatThrownBy(() -> PhoneReportSheet.read(raw, 2)).hasMessage("too-many-rows at /rows/6");
    }

    @Test
    void aLongNameOfAColumnIsNotStoredWithEveryRow() {
        refused(("reference,prison,occurred," + "x".repeat(4_000) + "\n").getBytes(UTF_8), "missing-column", "/rows/1");
    }

    @Test
    void quotesThatAreNeverClosedAreNotLookedForToTheEndOfTheListEachTime() {
        StringBuilder list = new StringBuilder(HEADER);
        for (int i = 0; i < 2_000; i++) {
            list.append("N,\"").append("x\"\"\n".repeat(500)).append('\n');
        }
        byte[] raw = list.toString().getBytes(UTF_8);

        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(60), () -> assertThatThrownBy(() -> PhoneReportSheet.read(raw, 5_000))
                        .hasMessageStartingWith("too-many-rows"));
    }

    @Test
    void aNumberThatCannotBeReadDoesNotHoldUpTheReport() {
        PhoneReport report = good(rows(HEADER + "N-1,LEI,2026-07-01 10:00,,,a1234bc; B12 / C1234DE,\n")
                .get(0));

        assertThat(report.prisoners()).containsExactly("A1234BC", "C1234DE");
        assertThat(report.unreadableNumbers()).isEqualTo(1);
    }

    @Test
    void whatCannotBeStoredIsReplacedAndCounted() {
        PhoneReport report =
                good(rows(HEADER + "N-1,LEI,2026-07-01 10:00,,,,a\u0007b\n").get(0));

        assertThat(report.summary()).isEqualTo("a\uFFFDb");
        assertThat(report.replacedCharacters()).isEqualTo(1);
    }

    @Property(tries = 500)
    void anyBytesAreRowsOrRefused(@ForAll byte[] raw, @ForAll boolean headed) {
        byte[] list = headed ? (HEADER + new String(raw, ISO_8859_1)).getBytes(ISO_8859_1) : raw;
        try {
            for (Row row : PhoneReportSheet.read(list, 1_000)) {
                if (row instanceof Bad bad) {
                    assertThatThrownBy(() -> PhoneReport.read(bad.raw(), bad.number()))
                            .isInstanceOf(Rejected.class);
                } else {
                    assertThat(PhoneReport.read(row.raw(), row.number())).isEqualTo(good(row));
                }
            }
        } catch (Rejected rejected) {
            assertThat(rejected.code()).isNotBlank();
        }
    }

    private static void refused(byte[] raw, String code, String where) {
        assertThatThrownBy(() -> PhoneReportSheet.read(raw, 10)).isInstanceOfSatisfying(Rejected.class, rejected -> {
            assertThat(rejected.code()).isEqualTo(code);
            assertThat(rejected.where()).isEqualTo(where);
        });
    }

    private static List<Row> rows(String list) {
        return PhoneReportSheet.read(list.getBytes(UTF_8), 100);
    }

    private static PhoneReport good(Row row) {
        assertThat(row).isInstanceOf(Good.class);
        return ((Good) row).report();
    }

    private static byte[] marked(Charset charset, String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (charset.equals(UTF_16LE)) {
            out.write(0xFF);
            out.write(0xFE);
        } else if (charset.equals(UTF_16BE)) {
            out.write(0xFE);
            out.write(0xFF);
        }
        out.writeBytes(text.getBytes(charset));
        return out.toByteArray();
    }
}
