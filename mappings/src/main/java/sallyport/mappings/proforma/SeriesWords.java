package sallyport.mappings.proforma;

import static sallyport.mappings.proforma.PlainWords.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The series of a package in a sentence each. */
final class SeriesWords {

    private SeriesWords() {}

    static List<String> sentences(JsonNode series) {
        List<String> sentences = new ArrayList<>();
        for (JsonNode one : series) {
            sentences.add(sentence(one));
        }
        return sentences;
    }

    static String sentence(JsonNode series) {
        String kind = text(series, "/kind");
        String number = text(series, "/prisonerNumber");
        List<String> references = new ArrayList<>();
        series.path("references").forEach(reference -> references.add(reference.asText()));
        return (kind == null ? "A series" : PlainWords.say(kind))
                + (number == null ? "" : " (" + number + ")")
                + ", same kind of incident, within "
                + within(text(series, "/within"))
                + ": "
                + (references.isEmpty() ? "not named" : String.join(", ", references));
    }

    /** {@code P12M} as {@code 12 months}; what is no period stays. */
    static String within(@Nullable String text) {
        if (text == null) {
            return "a time that is not named";
        }
        try {
            Period period = Period.parse(text);
            List<String> parts = new ArrayList<>();
            add(parts, period.getYears(), "year");
            add(parts, period.getMonths(), "month");
            add(parts, period.getDays(), "day");
            return parts.isEmpty() ? text : String.join(" and ", parts);
        } catch (DateTimeException noPeriod) {
            return text;
        }
    }

    private static void add(List<String> parts, int number, String unit) {
        if (number != 0) {
            parts.add(number + " " + unit + (number == 1 ? "" : "s"));
        }
    }
}
