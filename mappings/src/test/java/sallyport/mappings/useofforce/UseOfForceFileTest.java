package sallyport.mappings.useofforce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import sallyport.mappings.useofforce.UseOfForceFile.Piece;

class UseOfForceFileTest {

    private static final int LONGEST = 2 * 1024 * 1024;

    @Test
    void eachLineIsAReport() throws IOException {
        List<Piece> pieces = cut("\uFEFF{\"id\":1}\r\n\n \t\r\n{\"id\":2} \nnonsense\n{\"id\":3}");

        assertThat(pieces).extracting(Piece::line).containsExactly(1, 4, 5, 6);
        assertThat(pieces)
                .extracting(UseOfForceFileTest::text)
                .containsExactly("{\"id\":1}", "{\"id\":2}", "nonsense", "{\"id\":3}");
    }

    @Test
    void aReportMayStandOnManyLines() throws IOException {
        List<Piece> pieces = cut("\n{\n  \"id\": 1,\n  \"form_response\": {}\n}\n\n");

        assertThat(pieces).hasSize(1);
        assertThat(pieces.get(0).line()).isEqualTo(2);
        assertThat(UseOfForceFileTest.text(pieces.get(0))).startsWith("{\n").contains("form_response");
    }

    @Test
    void whatBeginsLikeNoReportIsOnePiece() throws IOException {
        assertThat(cut("id,agency\n1,LEI\n")).hasSize(1);
        assertThat(cut("7}\n{\"id\":2}")).hasSize(1);
    }

    @Test
    void nothingIsInAFileOfBlankLines() throws IOException {
        assertThat(cut("")).isEmpty();
        assertThat(cut("\r\n \n\t")).isEmpty();
    }

    @Test
    void onlyAMarkIsLeftOut() throws IOException {
        for (byte[] bytes : List.of(
                new byte[] {(byte) 0xEF, 'x', 'x'},
                new byte[] {(byte) 0xEF, (byte) 0xBB, 'x'},
                new byte[] {(byte) 0xEF, (byte) 0xBB},
                new byte[] {'x', (byte) 0xBB, (byte) 0xBF})) {
            assertThat(cut(bytes).get(0).raw()).isEqualTo(bytes);
        }
    }

    @Test
    void whatIsLongerThanAnyReportIsReadOver() throws IOException {
        String longest = "{" + " ".repeat(LONGEST - 2) + "}";
        List<Piece> pieces = cut("{}\n" + longest + "\n" + longest + "}\n{}");

        assertThat(pieces).extracting(Piece::line).containsExactly(1, 2, 3, 4);
        assertThat(pieces).extracting(piece -> piece.raw() == null).containsExactly(false, false, true, false);
        assertThat(cut(longest + "}\n{}")).hasSize(2);
        assertThat(cut("{\n" + longest).get(0).raw()).isNull();
    }

    @Property(tries = 200)
    void noByteIsAddedButALineEnd(@ForAll byte[] bytes) throws IOException {
        assertThat(cut(bytes).stream()
                        .mapToInt(piece -> piece.raw() == null ? 0 : piece.raw().length)
                        .sum())
                .isLessThanOrEqualTo(bytes.length + 1);
    }

    private static String text(Piece piece) {
        return new String(piece.raw(), UTF_8);
    }

    private static List<Piece> cut(String text) throws IOException {
        return cut(text.getBytes(UTF_8));
    }

    private static List<Piece> cut(byte[] bytes) throws IOException {
        var file = new UseOfForceFile(new ByteArrayInputStream(bytes));
        List<Piece> pieces = new ArrayList<>();
        for (Piece next = file.next(); next != null; next = file.next()) {
            pieces.add(next);
        }
        return pieces;
    }
}
