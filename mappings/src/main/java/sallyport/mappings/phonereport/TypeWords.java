package sallyport.mappings.phonereport;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import sallyport.mappings.incident.IncidentFamilies;
import sallyport.mappings.table.CsvTable;

/** Which families of incident type somebody may mean who names one in their own words. */
final class TypeWords {

    private static final String TABLE = "sallyport/phonereport/type-words.csv";
    private static final Map<String, Set<String>> BY_WORDS = read(CsvTable.rows(TABLE));

    private TypeWords() {}

    /** Empty for words that name no family that is known. */
    static Set<String> families(String type) {
        String said = " " + plain(type) + " ";
        Set<String> found = new HashSet<>();
        for (String words : BY_WORDS.keySet()) {
            if (said.contains(" " + words + " ")) {
                found.add(words);
            }
        }
        Set<String> families = new TreeSet<>();
        for (String words : found) {
            boolean partOfLonger = found.stream()
                    .anyMatch(other ->
                            other.length() > words.length() && (" " + other + " ").contains(" " + words + " "));
            if (!partOfLonger) {
                families.addAll(BY_WORDS.get(words));
            }
        }
        return Set.copyOf(families);
    }

    static Map<String, Set<String>> read(List<Map<String, String>> rows) {
        Map<String, Set<String>> byWords = new HashMap<>();
        for (String family : IncidentFamilies.all()) {
            byWords.computeIfAbsent(plain(family), words -> new TreeSet<>()).add(family);
        }
        for (Map<String, String> row : rows) {
            String words = plain(row.getOrDefault("words", ""));
            String family = row.getOrDefault("family", "");
            if (words.isEmpty() || !IncidentFamilies.all().contains(family)) {
                throw new IllegalStateException(
                        "Table " + TABLE + ": row " + row + " needs words and a family that families.csv has");
            }
            byWords.computeIfAbsent(words, none -> new TreeSet<>()).add(family);
        }
        return Map.copyOf(byWords);
    }

    /** {@code ASSAULT_5} and {@code self-harm} are words, too. */
    private static String plain(String words) {
        return words.toLowerCase(Locale.ROOT)
                .replaceAll("_\\d+\\b", "")
                .replaceAll("[^a-z0-9]+", " ")
                .strip();
    }
}
