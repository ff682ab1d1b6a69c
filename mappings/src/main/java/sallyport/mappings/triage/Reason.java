package sallyport.mappings.triage;

/**
 * One rule that holds, with the answer that made it hold; all texts are from our tables, none from the report.
 *
 * @param ruleId a rule of the tables, or {@code family-…}, {@code type-changed-and-emptied}, {@code no-known-answer},
 *     {@code unknown-answer}, {@code contradictory-answers}, {@code unanswered}, or of a signal: {@code SIGNAL-…}
 * @param criterion a code of the criteria table, or empty
 * @param questionCode empty where the rule looks at people or at the type only, as are the three that follow
 */
public record Reason(
        String ruleId,
        String criterion,
        String questionCode,
        String question,
        String answerCode,
        String answer,
        String explanation) {}
