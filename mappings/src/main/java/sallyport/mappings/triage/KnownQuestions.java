package sallyport.mappings.triage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.incident.IncidentReport;
import sallyport.mappings.incident.IncidentReport.Question;
import sallyport.mappings.incident.IncidentReport.Response;
import sallyport.mappings.time.LondonTime;

/**
 * The questions and answers of one family that the rules know: finds what a report answered by code, and by text where it has no code
 * that is known. An answer that is neither is kept as a doubt, never dropped, and so are two answers where there can be one.
 */
final class KnownQuestions {

    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern CODE = Pattern.compile("\\d{1,10}");

    /** A question with its answers by code and by text; {@code several} says whether it takes more than one. */
    record Known(
            String code,
            String question,
            boolean several,
            Map<String, String> answers,
            Map<String, String> codeByText) {}

    /** An answer that the report gives to a known question; {@code code} and {@code text} are the table's. */
    record Given(Known question, String code, String text, LondonTime recordedAt) {}

    /** What a report answers. */
    record Answers(Map<String, List<Given>> known, List<Reason> doubts) {

        List<Given> to(String questionCode) {
            return known.getOrDefault(questionCode, List.of());
        }
    }

    private final Map<String, Known> byCode = new HashMap<>();
    private final Map<String, Known> byText = new HashMap<>();

    void add(String questionCode, String question, boolean several, String answerCode, String answer) {
        Known known = byCode.computeIfAbsent(
                questionCode, code -> new Known(code, question, several, new LinkedHashMap<>(), new HashMap<>()));
        byText.putIfAbsent(normal(question), known);
        known.answers().put(answerCode, answer);
        known.codeByText().putIfAbsent(normal(answer), answerCode);
    }

    @Nullable
    Known question(String code) {
        return byCode.get(code);
    }

    Answers in(IncidentReport report) {
        Map<String, List<Given>> known = new HashMap<>();
        List<Reason> doubts = new ArrayList<>();
        for (Question asked : report.questions()) {
            Known question = find(asked);
            if (question == null) {
                continue;
            }
            Set<String> codes = new HashSet<>();
            for (Response response : asked.responses()) {
                String code = answerCode(question, response);
                if (code == null) {
                    doubts.add(unknownAnswer(question, response));
                } else {
                    codes.add(code);
                    known.computeIfAbsent(question.code(), key -> new ArrayList<>())
                            .add(new Given(question, code, question.answers().get(code), response.recordedAt()));
                }
            }
            if (codes.size() > 1 && !question.several()) {
                doubts.add(contradiction(question));
            }
        }
        return new Answers(known, doubts);
    }

    /** Another version of a family has its own codes; the words of a question often stay. */
    private @Nullable Known find(Question asked) {
        Known question = byCode.get(asked.code());
        return question == null ? byText.get(normal(asked.question())) : question;
    }

    private static @Nullable String answerCode(Known question, Response response) {
        String code = response.code();
        if (code != null && question.answers().containsKey(code)) {
            return code;
        }
        return question.codeByText().get(normal(response.response()));
    }

    private static Reason unknownAnswer(Known question, Response response) {
        String code = response.code();
        // A code that is no number might be anything, and this goes into the evidence log.
        String shown = code != null && CODE.matcher(code).matches() ? code : "";
        return new Reason(
                "unknown-answer",
                "",
                question.code(),
                question.question(),
                shown,
                "",
                "The rules do not know this answer");
    }

    private static Reason contradiction(Known question) {
        return new Reason(
                "contradictory-answers",
                "",
                question.code(),
                question.question(),
                "",
                "",
                "The question takes one answer and the report gives several");
    }

    private static String normal(String text) {
        return BLANKS.matcher(text.strip()).replaceAll(" ").toUpperCase(Locale.ROOT);
    }
}
