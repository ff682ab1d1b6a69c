package sallyport.mappings.phonereport;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The words of a text by which it can be told from another one. */
final class TellingWords {

    private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}]+");
    /** Short words join others; these are in nearly every report. */
    private static final Set<String> EVERYWHERE = Set.of(
            "about",
            "after",
            "approximately",
            "been",
            "before",
            "being",
            "during",
            "from",
            "have",
            "incident",
            "into",
            "officer",
            "officers",
            "prison",
            "prisoner",
            "prisoners",
            "reported",
            "staff",
            "that",
            "their",
            "then",
            "there",
            "they",
            "this",
            "time",
            "were",
            "what",
            "when",
            "where",
            "which",
            "while",
            "with",
            "would");

    private static final int SHORTEST = 4;
    private static final int MOST = 500;
    /** Of fewer words none says anything. */
    private static final int FEWEST = 3;

    private TellingWords() {}

    static Set<String> of(@Nullable String text) {
        Set<String> words = new TreeSet<>();
        if (text != null) {
            for (String word : BETWEEN.split(text.toLowerCase(Locale.ROOT))) {
                if (word.length() >= SHORTEST && !EVERYWHERE.contains(word) && words.size() < MOST) {
                    words.add(word);
                }
            }
        }
        return words;
    }

    /** How many of the words of the shorter text are in the other, from 0 to 100. */
    static int shared(Set<String> one, Set<String> other) {
        int fewer = Math.min(one.size(), other.size());
        if (fewer < FEWEST) {
            return 0;
        }
        return (int) (100 * one.stream().filter(other::contains).count() / fewer);
    }
}
