package sallyport.ledger.engine;

import static sallyport.ledger.engine.Database.texts;
import static sallyport.ledger.engine.Database.with;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import sallyport.ledger.CaseNoteRequestWork;
import sallyport.ledger.Effect.AskForNotesAgain;
import sallyport.ledger.Effect.NotesFound;
import sallyport.ledger.Effect.RequestWork;
import sallyport.ledger.Step;
import sallyport.mappings.canonical.Sha256;

/** Case notes that people asked for, and what the prison answered. What was erased never comes back by a later answer. */
final class CaseNoteRows {

    private static final String LOAD =
            """
            SELECT r.*, c.reference, c.approved_at IS NOT NULL AS approved,
                   r.state IN ('ASKED', 'ANSWERED') AND r.erased_by IS NULL AND c.erased_at IS NULL AND c.state <> 'WITHDRAWN' AS stands,
                   EXISTS (SELECT 1 FROM case_note_found f WHERE f.request = r.id AND f.chosen AND f.erased_by IS NULL) AS chosen
              FROM case_note_request r JOIN referral_case c ON c.id = r.case_id
             WHERE r.id = ANY(:ids::bigint[])
            """;

    private static final String ANSWERED =
            """
            UPDATE case_note_request r SET state = 'ANSWERED', answered_at = now(), known = n.known
              FROM unnest(:ids::bigint[], :knowns::boolean[]) AS n(id, known)
             WHERE r.id = n.id AND r.state IN ('ASKED', 'ANSWERED') AND r.erased_by IS NULL
            """;

    private static final String KEPT =
            """
            INSERT INTO case_note_found AS f (request, note, content, sha256, sensitive)
            SELECT n.request, n.note, n.content, n.sha256, n.sensitive
              FROM unnest(:requests::bigint[], :notes::text[], :contents::bytea[], :hashes::bytea[], :sensitives::boolean[])
                     AS n(request, note, content, sha256, sensitive)
              JOIN case_note_request r ON r.id = n.request AND r.state = 'ANSWERED' AND r.erased_by IS NULL
             ORDER BY n.request, n.note
            ON CONFLICT (request, note) DO UPDATE
               SET content = EXCLUDED.content, sha256 = EXCLUDED.sha256, sensitive = EXCLUDED.sensitive, gone_at = NULL
             WHERE f.erased_by IS NULL AND (f.sha256 <> EXCLUDED.sha256 OR f.gone_at IS NOT NULL)
            """;

    private static final String GONE =
            """
            UPDATE case_note_found f SET gone_at = now()
             WHERE f.request = ANY(:ids::bigint[]) AND f.gone_at IS NULL
               AND NOT EXISTS (SELECT 1 FROM unnest(:requests::bigint[], :notes::text[]) AS n(request, note)
                                WHERE n.request = f.request AND n.note = f.note)
            """;

    private static final String AGAIN =
            """
            SELECT DISTINCT r.id
              FROM case_note_request r
              JOIN referral_case c ON c.id = r.case_id
              JOIN case_note_found f ON f.request = r.id
             WHERE r.prisoner_number = ANY(:numbers::text[]) AND r.state = 'ANSWERED' AND r.erased_by IS NULL
               AND c.state = ANY(:open::text[]) AND f.chosen AND f.erased_by IS NULL
             ORDER BY r.id
            """;

    private final Database database;

    CaseNoteRows(Database database) {
        this.database = database;
    }

    /** By key. */
    Map<String, CaseNoteRequestWork> load(Collection<String> keys) {
        Map<String, CaseNoteRequestWork> found = new HashMap<>();
        database.sql().query(LOAD, with("ids", Bodies.ids(keys)), row -> {
            found.put(
                    Long.toString(row.getLong("id")),
                    new CaseNoteRequestWork(
                            row.getLong("id"),
                            row.getLong("case_id"),
                            row.getString("reference"),
                            row.getBoolean("approved"),
                            row.getBoolean("stands"),
                            row.getString("prisoner_number"),
                            CaseRows.known(row, "from_at"),
                            CaseRows.known(row, "until_at"),
                            List.of((String[]) row.getArray("types").getArray()),
                            row.getBoolean("sensitive"),
                            row.getString("justification"),
                            row.getBoolean("chosen")));
        });
        return found;
    }

    private record Row(long request, NotesFound.Note note) {}

    /** In the caller's transaction. */
    void found(List<NotesFound> answers) {
        if (answers.isEmpty()) {
            return;
        }
        // The last word about each request, and each note once: one statement cannot write a row twice.
        Map<Long, NotesFound> last = new LinkedHashMap<>();
        answers.forEach(answer -> last.put(answer.request(), answer));
        Map<String, Row> rows = new LinkedHashMap<>();
        last.values().forEach(answer -> answer.notes()
                .forEach(note -> rows.put(answer.request() + " " + note.id(), new Row(answer.request(), note))));
        database.forAll(
                ANSWERED,
                Unnested.of(last.values()).longs("ids", NotesFound::request).flags("knowns", NotesFound::known));
        database.forAll(
                KEPT,
                Unnested.of(rows.values())
                        .longs("requests", Row::request)
                        .texts("notes", row -> row.note().id())
                        .bytes("contents", row -> row.note().content())
                        .bytes("hashes", row -> Sha256.of(row.note().content()))
                        .flags("sensitives", row -> row.note().sensitive()));
        database.sql()
                .update(
                        GONE,
                        Unnested.of(rows.values())
                                .longs("requests", Row::request)
                                .texts("notes", row -> row.note().id())
                                .all("ids", last.keySet().toArray(Long[]::new))
                                .values());
    }

    /**
     * Which requests are to be read again after a change.
     *
     * @param renumbered numbers under which requests stand now that stood under others
     */
    List<RequestWork> again(List<AskForNotesAgain> changes, Set<String> renumbered) {
        List<String> numbers = Stream.concat(
                        changes.stream().map(AskForNotesAgain::prisonerNumber), renumbered.stream())
                .distinct()
                .sorted()
                .toList();
        var follows = new ArrayList<RequestWork>();
        if (!numbers.isEmpty()) {
            database.sql()
                    .queryForList(
                            AGAIN, with("numbers", texts(numbers)).addValue("open", CaseWriter.OPEN), String.class)
                    .forEach(request -> follows.add(RequestWork.now(Step.CASE_NOTE_REQUEST, request)));
        }
        return follows;
    }
}
