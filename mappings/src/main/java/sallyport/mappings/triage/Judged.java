package sallyport.mappings.triage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A verdict as it was stored when an earlier version was judged, so far as it says whether a new one tells a person anything new.
 *
 * @param because what each reason was about: rule, question and answer
 */
public record Judged(Verdict.Kind kind, Set<String> because) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public Judged {
        because = Set.copyOf(because);
    }

    /** Reads {@link Verdict#explanationJson()}; what this build cannot read says nothing, so everything is news after it. */
    public static Optional<Judged> read(@Nullable String explanationJson) {
        if (explanationJson == null) {
            return Optional.empty();
        }
        try {
            JsonNode stored = JSON.readTree(explanationJson);
            Set<String> because = new HashSet<>();
            stored.path("reasons").forEach(reason -> because.add(about(reason)));
            return Verdict.Kind.of(stored.path("kind").asText()).map(kind -> new Judged(kind, because));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** Whether a person who knows this one learns something from the other: another kind, or a reason more. */
    public boolean isNews(Verdict now) {
        return kind != now.kind()
                || now.reasons().stream().map(Judged::about).anyMatch(reason -> !because.contains(reason));
    }

    /**
     * Whether the second asks for less than the first. A person settles what needs review, so that one is on a level with what may
     * be referred case by case.
     */
    public static boolean falls(Verdict.Kind from, Verdict.Kind to) {
        return switch (from) {
            case MANDATORY -> to != Verdict.Kind.MANDATORY;
            case NEEDS_REVIEW, DISCRETIONARY -> to == Verdict.Kind.NOT_REFERABLE;
            case NOT_REFERABLE -> false;
        };
    }

    private static String about(Reason reason) {
        return about(reason.ruleId(), reason.questionCode(), reason.answerCode());
    }

    private static String about(JsonNode reason) {
        return about(
                reason.path("ruleId").asText(),
                reason.path("questionCode").asText(),
                reason.path("answerCode").asText());
    }

    private static String about(String ruleId, String questionCode, String answerCode) {
        return ruleId + "/" + questionCode + "/" + answerCode;
    }
}
