package sallyport.connectors.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;

/** One page as its style understands it. */
public interface Page {

    JsonNode content();

    /** How many there are on all pages together. */
    long total();

    /** Whether no page follows. */
    boolean last();

    /**
     * Asks for page after page, each kept as it came, until the style says it was the last; then counts whether all are there. A page
     * that comes again, one that is cut short and records of one time that change places between two pages would else be taken as a
     * whole from which something is gone.
     *
     * @param first the number of the first page in this style
     * @param most more pages than this are {@link Unavailable}: a source that never ends is not read for ever
     * @param id the field of a record that no other record has
     * @throws Unavailable also when there were fewer in all on a later page: what was deleted has moved others up, past the reader
     */
    static <T> List<T> all(int first, int most, IntFunction<T> ask, Function<T, Page> style, String id) {
        List<T> pages = new ArrayList<>();
        Set<String> records = new HashSet<>();
        long total = 0;
        while (pages.size() < most) {
            T answer = ask.apply(first + pages.size());
            Page page = style.apply(answer);
            total = page.atLeast(total);
            pages.add(answer);
            page.content().forEach(record -> records.add(id(record, id)));
            if (page.last()) {
                if (records.size() < total) {
                    throw new Unavailable(
                            "records-moved", "the pages do not hold all records that there are", null, null);
                }
                return List.copyOf(pages);
            }
        }
        throw new Unavailable("too-many-pages", "more than " + most + " pages", null, null);
    }

    private static String id(JsonNode record, String id) {
        JsonNode value = record.path(id);
        if (!value.isTextual()) {
            throw new Unavailable("unexpected-answer", "a record in the list has no " + id, null, null);
        }
        return value.textValue();
    }

    /**
     * The total, if nothing can have moved up past the reader since an earlier page.
     *
     * <p>Whatever moves records up between two pages also makes the total smaller; what only moves them down shows them twice.
     */
    default long atLeast(long before) {
        if (total() < before) {
            throw new Unavailable("records-moved", "records were deleted between two pages", null, null);
        }
        return total();
    }
}
