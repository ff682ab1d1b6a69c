package sallyport.connectors.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
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
     * Asks for page after page, each kept as it came, until the style says it was the last.
     *
     * @param first the number of the first page in this style
     * @param most more pages than this are {@link Unavailable}: a source that never ends is not read for ever
     * @throws Unavailable also when there were fewer in all on a later page: what was deleted has moved others up, past the reader
     */
    static <T> List<T> all(int first, int most, IntFunction<T> ask, Function<T, Page> style) {
        List<T> pages = new ArrayList<>();
        long total = 0;
        while (pages.size() < most) {
            T answer = ask.apply(first + pages.size());
            Page page = style.apply(answer);
            total = page.atLeast(total);
            pages.add(answer);
            if (page.last()) {
                return List.copyOf(pages);
            }
        }
        throw new Unavailable("too-many-pages", "more than " + most + " pages", null, null);
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
