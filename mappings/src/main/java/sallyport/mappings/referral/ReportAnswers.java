package sallyport.mappings.referral;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.incident.IncidentReport;
import sallyport.mappings.incident.IncidentReport.Question;
import sallyport.mappings.incident.IncidentReport.Response;
import sallyport.mappings.table.CsvTable;

/** The answers of a report that are a part of the package, by family, question and answer through the answer table. Never fails. */
public final class ReportAnswers {

    enum Part {
        PLACE,
        INJURY,
        MEDIA,
        EXHIBIT,
        /** An answer that says there is nothing. */
        NOTHING
    }

    /**
     * @param kind from the table, empty where the part has none
     */
    record Answer(Question question, Response response, Part part, String kind) {}

    private record Row(Part part, String kind) {}

    private static final Map<String, Row> ROWS = read();

    private ReportAnswers() {}

    /** What the table calls an answer that is of this part, empty where the part has no kinds; null where it is not of the part. */
    public static @Nullable String kind(String part, String family, String question, @Nullable String answer) {
        Row row = row(family, question, answer);
        return row != null && row.part().name().equals(part) ? row.kind() : null;
    }

    /** All answers of the report that are of this part, in the report's order. */
    static List<Answer> of(IncidentReport report, Part part) {
        List<Answer> answers = new ArrayList<>();
        for (Question question : report.questions()) {
            for (Response response : question.responses()) {
                Row row = row(report.family(), question.code(), response.code());
                if (row != null && row.part() == part) {
                    answers.add(new Answer(question, response, part, row.kind()));
                }
            }
        }
        return answers;
    }

    private static @Nullable Row row(String family, String question, @Nullable String answer) {
        Row exact = answer == null ? null : ROWS.get(key(family, question, answer));
        return exact == null ? ROWS.get(key(family, question, "")) : exact;
    }

    private static String key(String family, String question, String answer) {
        return family + "/" + question + "/" + answer;
    }

    private static Map<String, Row> read() {
        Map<String, Row> rows = new HashMap<>();
        for (Map<String, String> row : CsvTable.rows("sallyport/referral/answers.csv")) {
            rows.put(
                    key(row.get("family"), row.get("question"), row.get("answer")),
                    new Row(Part.valueOf(row.get("part")), row.get("kind")));
        }
        return rows;
    }
}
