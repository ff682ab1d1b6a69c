package sallyport.mappings.match;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * What becomes of a record that looks for the one it belongs to.
 *
 * @param matches best first; those that nobody is asked about are left out
 */
public record Choice(Verdict verdict, List<Match> matches) {

    private static final Comparator<Match> BEST_FIRST =
            Comparator.comparingInt(Match::score).reversed().thenComparing(Match::id);

    public Choice {
        matches = List.copyOf(matches);
    }

    public enum Verdict {
        /** The first match is the one. */
        LINK,
        /** A person says which it is, or that it is none of them. */
        ASK,
        /** Nothing fits, so far. */
        WAIT
    }

    public static Choice among(Collection<Match> scored, Policy policy) {
        List<Match> matches = scored.stream()
                .filter(match -> match.score() >= policy.ask())
                .sorted(BEST_FIRST)
                .toList();
        if (matches.isEmpty()) {
            return new Choice(Verdict.WAIT, matches);
        }
        int best = matches.get(0).score();
        boolean alone = matches.size() == 1 || best - matches.get(1).score() >= policy.lead();
        return new Choice(best >= policy.link() && alone ? Verdict.LINK : Verdict.ASK, matches);
    }
}
