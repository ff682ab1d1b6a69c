package sallyport.mappings.table;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/** A code table from the class path: CSV with a header line and {@code #} comments; a table that is missing or broken stops the start. */
public final class CsvTable {

    private static final CsvMapper MAPPER = CsvMapper.builder()
            .enable(CsvParser.Feature.ALLOW_COMMENTS)
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .enable(CsvParser.Feature.TRIM_SPACES)
            .enable(CsvParser.Feature.FAIL_ON_MISSING_COLUMNS)
            .build();
    private static final CsvSchema WITH_HEADER =
            CsvSchema.emptySchema().withHeader().withComments();

    private CsvTable() {}

    /** The rows by column name, in the order of the file; an empty cell is an empty text. */
    public static List<Map<String, String>> rows(String resource) {
        return rows(resource, bytes(resource));
    }

    /**
     * The rows of a table that was read before.
     *
     * @param name for the message of a table that is broken
     */
    public static List<Map<String, String>> rows(String name, byte[] table) {
        try (MappingIterator<Map<String, String>> rows =
                MAPPER.readerForMapOf(String.class).with(WITH_HEADER).readValues(table)) {
            return List.copyOf(rows.readAll());
        } catch (IOException e) {
            throw new IllegalStateException("Table " + name + " cannot be read", e);
        }
    }

    /** The bytes of the table as they stand, to be hashed into the version of the rules. */
    public static byte[] bytes(String resource) {
        try (InputStream in = CsvTable.class.getResourceAsStream("/" + resource)) {
            if (in == null) {
                throw new IllegalStateException("Table " + resource + " is not on the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException("Table " + resource + " cannot be read", e);
        }
    }
}
