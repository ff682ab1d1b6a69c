package sallyport.mappings.disclosure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a destination did not get of one document, and why: places and counts, never a value.
 *
 * @param version of the profile's rules
 * @param left how many values did leave
 * @param reasons how many values were held back, by reason and by the pattern of their place
 */
public record HeldBack(
        String destination, String version, int left, SortedMap<String, SortedMap<String, Integer>> reasons) {

    /** Nobody has listed it for this destination. */
    public static final String NOT_IN_PROFILE = "not-in-profile";
    /** It is of somebody who is neither suspect nor victim. */
    public static final String THIRD_PARTY = "third-party";
    /** A member of staff's user name or address; in a text it is put out of it, and the text leaves. */
    public static final String STAFF_IDENTITY = "staff-identity";

    /** It is a document with the contacts of a witness. */
    public static final String WITNESS_CONTACTS = "witness-contacts";

    /** Characters of an entry in the evidence log. */
    private static final int LONGEST = 1_200;

    public HeldBack {
        reasons = Collections.unmodifiableSortedMap(reasons);
    }

    /** One place, with the reason. */
    public record Line(String reason, String field, int values) {}

    public List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        reasons.forEach(
                (reason, fields) -> fields.forEach((field, values) -> lines.add(new Line(reason, field, values))));
        return lines;
    }

    public int values() {
        return lines().stream().mapToInt(Line::values).sum();
    }

    /** For the evidence log: the profile, and each place with its count, as far as there is room; the counts are always whole. */
    public String words() {
        StringBuilder words = new StringBuilder(
                destination + " " + version + ", held back " + values() + " of " + (values() + left) + " values");
        for (Map.Entry<String, SortedMap<String, Integer>> reason : reasons.entrySet()) {
            int count = reason.getValue().values().stream()
                    .mapToInt(Integer::intValue)
                    .sum();
            words.append("; ").append(reason.getKey()).append(' ').append(count).append(':');
            int unnamed = 0;
            for (Map.Entry<String, Integer> field : reason.getValue().entrySet()) {
                String named = " " + field.getKey() + (field.getValue() == 1 ? "" : " x" + field.getValue());
                if (words.length() + named.length() > LONGEST) {
                    unnamed++;
                } else {
                    words.append(named);
                }
            }
            if (unnamed > 0) {
                words.append(" and ").append(unnamed).append(" more fields");
            }
        }
        return words.toString();
    }

    /** Counts while a document is cut. */
    static final class Counter {

        /** A name that is not one of ours may be anything. */
        private static final Pattern NAMED = Pattern.compile("(?:/(?:[A-Za-z0-9-]{1,40}|\\*)){1,12}");

        private static final String ODD = "/?";

        private final SortedMap<String, SortedMap<String, Integer>> reasons = new TreeMap<>();
        private int left;

        void add(String pattern, String reason) {
            String place = NAMED.matcher(pattern).matches() ? pattern : ODD;
            reasons.computeIfAbsent(reason, first -> new TreeMap<>()).merge(place, 1, Integer::sum);
        }

        void left() {
            left++;
        }

        HeldBack counted(String destination, String version) {
            return new HeldBack(destination, version, left, reasons);
        }
    }
}
