package sallyport.ledger.engine;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** What follows from a set of merges, whatever the order in which they are heard of. */
final class MergedNumbers {

    /** Two at one moment are put in some order, and always in the same: else two numbers could each stand for the other. */
    private static final Comparator<Merge> BY_TIME =
            Comparator.comparing(Merge::at).thenComparing(Merge::kept).thenComparing(Merge::removed);

    private MergedNumbers() {}

    record Merge(String removed, String kept, Instant at) {}

    /**
     * By number that is no more, the number that its person goes by now, which is none of the keys. The latest merge of a number counts,
     * and none counts that is older than one by which the number came back to life.
     */
    static Map<String, String> of(Collection<Merge> merges) {
        Map<String, Merge> latest = new TreeMap<>();
        Map<String, Merge> lives = new TreeMap<>();
        for (Merge merge : merges) {
            latest.merge(merge.removed(), merge, MergedNumbers::later);
            lives.merge(merge.kept(), merge, MergedNumbers::later);
        }
        latest.values().removeIf(link -> {
            Merge back = lives.get(link.removed());
            return back != null && BY_TIME.compare(back, link) > 0;
        });
        Map<String, String> now = new TreeMap<>();
        latest.keySet().forEach(removed -> now.put(removed, end(removed, latest)));
        return now;
    }

    private static Merge later(Merge one, Merge other) {
        return BY_TIME.compare(one, other) >= 0 ? one : other;
    }

    /** Ends: each link that is left is at least as late as the one before. */
    private static String end(String removed, Map<String, Merge> links) {
        String number = removed;
        for (Merge link = links.get(number); link != null; link = links.get(number)) {
            number = link.kept();
        }
        return number;
    }
}
