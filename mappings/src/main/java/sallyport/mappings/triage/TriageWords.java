package sallyport.mappings.triage;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import sallyport.mappings.table.CsvTable;

/** What the codes of a stored verdict say, to show it to people. A code that is in the tables no more has no words. */
public final class TriageWords {

    private static final String FOLDER = "sallyport/triage/";

    private final Map<String, String> rules = new HashMap<>();
    private final Map<String, String> criteria = new HashMap<>();
    private final Map<String, String> questions = new HashMap<>();
    private final Map<String, String> answers = new HashMap<>();

    private TriageWords() {
        CsvTable.rows(FOLDER + "rules.csv").forEach(row -> rules.put(row.get("ruleId"), row.get("explanation")));
        CsvTable.rows(FOLDER + "families.csv")
                .forEach(row -> rules.put("family-" + row.get("family"), row.get("explanation")));
        CsvTable.rows(FOLDER + "criteria.csv").forEach(row -> criteria.put(row.get("code"), row.get("criterion")));
        CsvTable.rows(FOLDER + "answers.csv").forEach(row -> {
            questions.put(row.get("questionCode"), row.get("question"));
            answers.put(row.get("questionCode") + "/" + row.get("answerCode"), row.get("answer"));
        });
    }

    /** Reads the tables. */
    public static TriageWords ofTables() {
        return new TriageWords();
    }

    /** Why a rule, or a family without one, leads where it leads. */
    public Optional<String> rule(String ruleId) {
        return Optional.ofNullable(rules.get(ruleId));
    }

    public Optional<String> criterion(String code) {
        return Optional.ofNullable(criteria.get(code));
    }

    public Optional<String> question(String questionCode) {
        return Optional.ofNullable(questions.get(questionCode));
    }

    public Optional<String> answer(String questionCode, String answerCode) {
        return Optional.ofNullable(answers.get(questionCode + "/" + answerCode));
    }
}
