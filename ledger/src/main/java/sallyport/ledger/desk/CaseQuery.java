package sallyport.ledger.desk;

import org.jspecify.annotations.Nullable;
import sallyport.ledger.CaseState;

/**
 * Which cases to list, newest first.
 *
 * @param series only cases that make a series: SAME_SUSPECT or SAME_PLACE, or {@value #ANY_SERIES} for either
 * @param q a case, incident or crime reference, or a prisoner number, current or former; the start of a case reference will do
 * @param page from 0
 * @param size 1 to {@value #MAX_SIZE}
 */
public record CaseQuery(
        @Nullable CaseState state,
        @Nullable String force,
        @Nullable String prison,
        @Nullable String series,
        @Nullable String q,
        int page,
        int size) {

    public static final String ANY_SERIES = "ANY";

    public static final int MAX_SIZE = 100;
    /** Further back than this a search is the better way. */
    public static final int MAX_OFFSET = 200_000;

    public static final int MAX_Q = 64;

    /** @throws IllegalArgumentException when a bound is broken */
    public CaseQuery {
        if (page < 0 || size < 1 || size > MAX_SIZE || (long) page * size > MAX_OFFSET) {
            throw new IllegalArgumentException("page or size out of bounds");
        }
        if (q != null && q.length() > MAX_Q) {
            throw new IllegalArgumentException("q too long");
        }
    }
}
