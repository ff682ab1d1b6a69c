package sallyport.ledger.desk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.offence.ChargeLimit;
import sallyport.mappings.offence.Offences;
import sallyport.mappings.triage.TriageWords;

/**
 * Puts the codes that decisions and packages are stored with into words. What it does not know it shows as the code; what it
 * cannot read it leaves out.
 */
public final class Explained {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TriageWords WORDS = TriageWords.ofTables();
    private static final String PROPOSED = "PROPOSED";

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

    /**
     * An offence that a verdict proposes; the police and the CPS decide. What the table does not have is null.
     *
     * @param category CI, CE or CS: how it may be tried
     * @param notifiable YES, NO or UNSURE: whether it counts in recorded crime
     * @param chargeBy the last day on which a summary-only offence may be charged
     * @param ruleId the rule that proposes it
     * @param status always PROPOSED
     */
    public record ProposedOffence(
            String code,
            @Nullable String title,
            @Nullable String category,
            @Nullable String homeOfficeClass,
            @Nullable String notifiable,
            @Nullable Boolean pncRecordable,
            @Nullable LocalDate chargeBy,
            @Nullable String ruleId,
            String status) {}

    /** What the latest verdict of a case proposes, by what the offence table says today. */
    public static List<ProposedOffence> offences(CaseFile file) {
        return file.decisions().stream()
                .filter(decision -> decision.kind().equals("TRIAGE"))
                .reduce((earlier, later) -> later)
                .map(decision -> offences(decision.explanation(), file.row().occurredAt()))
                .orElse(List.of());
    }

    static List<ProposedOffence> offences(String explanation, @Nullable Instant committed) {
        List<ProposedOffence> offences = new ArrayList<>();
        for (JsonNode proposed : read(explanation).path("offences")) {
            String code = text(proposed, "code");
            if (code != null) {
                offences.add(offence(code, text(proposed, "ruleId"), committed));
            }
        }
        return List.copyOf(offences);
    }

    private static ProposedOffence offence(String code, @Nullable String ruleId, @Nullable Instant committed) {
        return Offences.all().stream()
                .filter(known -> known.code().value().equals(code))
                .findFirst()
                .map(known -> new ProposedOffence(
                        code,
                        known.title(),
                        known.category().name(),
                        known.homeOfficeClass(),
                        known.notifiable().name(),
                        known.pncRecordable(),
                        committed == null
                                ? null
                                : ChargeLimit.of(known, committed).orElse(null),
                        ruleId,
                        PROPOSED))
                .orElseGet(() -> new ProposedOffence(code, null, null, null, null, null, null, ruleId, PROPOSED));
    }

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
