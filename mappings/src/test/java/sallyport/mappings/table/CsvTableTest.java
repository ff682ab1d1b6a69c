package sallyport.mappings.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CsvTableTest {

    @Test
    void aRowHasItsCellsByTheNamesInTheHeader() {
        assertThat(CsvTable.rows("t", bytes("# a remark\na,b\n1, 2 \n\n# another\n\"x, y\",\n")))
                .containsExactly(Map.of("a", "1", "b", "2"), Map.of("a", "x, y", "b", ""));
    }

    @Test
    void aTableThatIsMissingIsNamed() {
        assertThatThrownBy(() -> CsvTable.rows("sallyport/no-such-table.csv"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Table sallyport/no-such-table.csv is not on the class path");
    }

    @Test
    void aTableWhoseRowsDoNotFitItsHeaderIsNamed() {
        assertThatThrownBy(() -> CsvTable.rows("short.csv", bytes("a,b\n1\n")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Table short.csv cannot be read");
    }

    private static byte[] bytes(String table) {
        return table.getBytes(StandardCharsets.UTF_8);
    }
}
