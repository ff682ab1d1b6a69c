package sallyport.mappings.triage;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What the referral criteria say about one version of an incident report, with everything that led there; people decide.
 *
 * @param immediate the police are called at once and in any case within 24 hours (CiPRA section 3)
 * @param prisonDecided the prison has referred it already, or the police have it
 * @param ruleVersion the version of the rules with a hash of the tables
 * @param reasons in the order of the tables, never empty
 * @param criteria the criteria of Annex A that are met or may be, in its order
 * @param aggravating the factors of Annex D that are met, in its order
 * @param offences each code once, in the order of the tables
 */
public record Verdict(
        Kind kind,
        boolean immediate,
        boolean prisonDecided,
        String ruleVersion,
        List<Reason> reasons,
        List<String> criteria,
        List<String> aggravating,
        List<ProposedOffence> offences) {

    /** What follows; where several rules hold the first of these wins. */
    public enum Kind {
        /** Annex A: must be referred; not referring needs a person's override with a reason. */
        MANDATORY,
        /** The answers do not settle it: a person does. */
        NEEDS_REVIEW,
        /** Annex C and D: case by case. */
        DISCRETIONARY,
        /** Nothing in it meets a criterion. */
        NOT_REFERABLE;

        /** Nothing where there is no such kind. */
        public static Optional<Kind> of(String name) {
            return Arrays.stream(values())
                    .filter(kind -> kind.name().equals(name))
                    .findFirst();
        }
    }

    /** The verdict in codes and rule ids only, without any text; the same verdict is always the same bytes. */
    public String explanationJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("kind", kind.name());
        json.put("immediate", immediate);
        json.put("prisonDecided", prisonDecided);
        json.put("ruleVersion", ruleVersion);
        criteria.forEach(json.putArray("criteria")::add);
        aggravating.forEach(json.putArray("aggravating")::add);
        ArrayNode proposed = json.putArray("offences");
        for (ProposedOffence offence : offences) {
            proposed.addObject().put("code", offence.code().value()).put("ruleId", offence.ruleId());
        }
        ArrayNode because = json.putArray("reasons");
        for (Reason reason : reasons) {
            because.addObject()
                    .put("ruleId", reason.ruleId())
                    .put("criterion", reason.criterion())
                    .put("questionCode", reason.questionCode())
                    .put("answerCode", reason.answerCode())
                    // The rule's own words, never the report's.
                    .put("explanation", reason.explanation());
        }
        return json.toString();
    }
}
