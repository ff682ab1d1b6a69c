package sallyport.ledger.desk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.triage.TriageWords;

/**
 * Puts the codes that decisions and packages are stored with into words. What it does not know it shows as the code; what it
 * cannot read it leaves out.
 */
public final class Explained {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TriageWords WORDS = TriageWords.ofTables();

    private Explained() {}

    /** One reason of a verdict: the rule that held, the criterion it meets, the question and the answer that made it hold. */
    public record Reason(
            @Nullable String ruleId,
            @Nullable String explanation,
            @Nullable String criterion,
            @Nullable String question,
            @Nullable String answer) {}

    /** One line of a package's checklist: what, and PRESENT, MISSING or NOT_APPLICABLE. */
    public record Item(String title, String state, @Nullable String note) {}

    /** Why a verdict is what it is. */
    public static List<Reason> verdict(String explanation) {
        List<Reason> reasons = new ArrayList<>();
        for (JsonNode reason : read(explanation).path("reasons")) {
            String rule = text(reason, "ruleId");
            String criterion = text(reason, "criterion");
            String question = text(reason, "questionCode");
            String answer = text(reason, "answerCode");
            // The words that were stored are those of the rules that judged; older verdicts have codes only.
            String stored = text(reason, "explanation");
            reasons.add(new Reason(
                    rule,
                    stored == null && rule != null ? WORDS.rule(rule).orElse(null) : stored,
                    criterion == null ? null : WORDS.criterion(criterion).orElse(criterion),
                    question == null ? null : WORDS.question(question).orElse(question),
                    question == null || answer == null
                            ? answer
                            : WORDS.answer(question, answer).orElse(answer)));
        }
        return List.copyOf(reasons);
    }

    /** What is in a package and what is not. */
    public static List<Item> readiness(String readiness) {
        List<Item> items = new ArrayList<>();
        for (JsonNode item : read(readiness)) {
            String title = text(item, "item");
            String state = text(item, "state");
            if (title != null && state != null) {
                items.add(new Item(title, state, text(item, "note")));
            }
        }
        return List.copyOf(items);
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException notJson) {
            return JSON.missingNode();
        }
    }

    private static @Nullable String text(JsonNode node, String name) {
        JsonNode value = node.path(name);
        return value.isTextual() && !value.textValue().isBlank() ? value.textValue() : null;
    }
}
