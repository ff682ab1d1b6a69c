package sallyport.simulators.world;

import java.util.HashMap;
import java.util.Map;
import sallyport.simulators.journal.CsvTable;

/** The wording that belongs to the question and answer codes that the scenarios use. */
final class Questions {

    record Wording(
            String question, String questionLabel, String answer, String answerLabel, boolean comment, boolean date) {}

    private static final Map<String, Wording> WORDINGS = read();

    private Questions() {}

    static Wording wording(String type, String question, String answer) {
        Wording wording = WORDINGS.get(type + "/" + question + "/" + answer);
        if (wording == null) {
            throw new IllegalArgumentException("no wording for " + type + " " + question + "=" + answer);
        }
        return wording;
    }

    private static Map<String, Wording> read() {
        Map<String, Wording> wordings = new HashMap<>();
        for (Map<String, String> row : CsvTable.rows("questions.csv")) {
            wordings.put(
                    row.get("type") + "/" + row.get("question_code") + "/" + row.get("answer_code"),
                    new Wording(
                            row.get("question"),
                            row.get("question_label"),
                            row.get("answer"),
                            row.get("answer_label"),
                            row.get("comment").equals("yes"),
                            row.get("date").equals("yes")));
        }
        return wordings;
    }
}
