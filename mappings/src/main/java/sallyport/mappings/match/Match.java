package sallyport.mappings.match;

import java.util.List;
import java.util.stream.Collectors;

/**
 * How well a record fits another one.
 *
 * @param id of the record that fits
 * @param score 0 to 100
 * @param reasons what speaks for it and against it; a score that is cut off at either end is less or more than their sum
 */
public record Match(String id, int score, List<Reason> reasons) {

    private static final int MOST = 100;

    public Match {
        reasons = List.copyOf(reasons);
    }

    public static Match of(String id, List<Reason> reasons) {
        int sum = reasons.stream().mapToInt(Reason::points).sum();
        return new Match(id, Math.max(0, Math.min(MOST, sum)), reasons);
    }

    /** As it is stored and shown: codes and numbers only. */
    public String explained() {
        return reasons.stream().map(Reason::toString).collect(Collectors.joining(", "));
    }
}
