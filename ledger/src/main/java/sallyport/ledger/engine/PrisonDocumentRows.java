package sallyport.ledger.engine;

import static sallyport.ledger.engine.Database.time;
import static sallyport.ledger.engine.Database.with;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import sallyport.ledger.Effect.PrisonDocumentTaken;
import sallyport.ledger.Effect.PrisonDocumentsFound;
import sallyport.ledger.Effect.RequestWork;
import sallyport.ledger.IncomingFiles.Arrived;
import sallyport.ledger.PrisonDocumentSearchWork;
import sallyport.ledger.PrisonDocumentWork;
import sallyport.ledger.Step;

/** Documents that people asked the prisons' service for: what there is, and what became a document of the case. */
final class PrisonDocumentRows {

    private static final String SEARCHES =
            """
            SELECT r.id, c.reference, r.prisoner_number,
                   r.state = 'ASKED' AND r.erased_by IS NULL AND c.erased_at IS NULL AND c.state <> 'WITHDRAWN' AS stands
              FROM prison_document_search r JOIN referral_case c ON c.id = r.case_id
             WHERE r.id = ANY(:ids::bigint[])
            """;

    private static final String WANTED =
            """
            SELECT p.id, p.case_id, c.reference, p.uuid::text AS uuid, p.prisoner_number, p.actor,
                   p.state = 'ASKED' AND p.erased_by IS NULL AND c.erased_at IS NULL AND c.state <> 'WITHDRAWN' AS stands
              FROM prison_document p JOIN referral_case c ON c.id = p.case_id
             WHERE p.id = ANY(:ids::bigint[])
            """;

    /** What somebody has asked for, or has, stays as it is. */
    private static final String LISTED =
            """
            INSERT INTO prison_document (case_id, uuid, prisoner_number, type, file_name, media_type, size, created_at)
            SELECT r.case_id, :uuid::uuid, r.prisoner_number, :type, :name, :media, :size, :created
              FROM prison_document_search r WHERE r.id = :search AND r.state = 'ASKED' AND r.erased_by IS NULL
            ON CONFLICT (case_id, uuid) DO UPDATE
               SET prisoner_number = excluded.prisoner_number, type = excluded.type, file_name = excluded.file_name,
                   media_type = excluded.media_type, size = excluded.size, found_at = now()
             WHERE prison_document.state IN ('LISTED', 'REFUSED') AND prison_document.erased_by IS NULL
            """;

    private static final String ANSWERED =
            """
            UPDATE prison_document_search SET state = 'ANSWERED', found = :found, answered_at = now()
             WHERE id = :search AND state = 'ASKED' AND erased_by IS NULL
            """;

    private static final String REFUSED =
            """
            UPDATE prison_document SET state = 'REFUSED', code = :code, answered_at = now()
             WHERE id = :id AND state = 'ASKED' AND erased_by IS NULL
            """;

    /** The case's row is locked: no other file of the case becomes a document in between. */
    private static final String STANDS =
            """
            SELECT c.id FROM prison_document p JOIN referral_case c ON c.id = p.case_id
             WHERE p.id = :id AND p.state = 'ASKED' AND p.erased_by IS NULL AND c.erased_at IS NULL AND c.state <> 'WITHDRAWN'
               FOR NO KEY UPDATE OF c
            """;

    private static final String SAME =
            """
            SELECT d.id, d.state = 'INFECTED' AS infected FROM document d JOIN document a ON a.case_id = d.case_id
             WHERE a.id = :arrived AND d.sha256 = :hash AND d.state <> 'RECEIVING'
            """;

    private static final String WHOLE =
            """
            UPDATE document SET state = 'RECEIVED', media_type = :media, size = :size, sha256 = :hash, crc32 = :crc, source = 'HMPPS', at = now()
             WHERE id = :arrived AND state = 'RECEIVING'
               AND :size = (SELECT coalesce(sum(length(bytes)), 0) FROM document_chunk WHERE document = :arrived)
            """;

    private static final String TAKEN =
            """
            UPDATE prison_document SET state = 'TAKEN', document = :document, answered_at = now() WHERE id = :id
            """;

    private static final String NOT_KEPT = "DELETE FROM document WHERE id = :arrived AND state = 'RECEIVING'";

    private final Database database;

    PrisonDocumentRows(Database database) {
        this.database = database;
    }

    /** By key. */
    Map<String, PrisonDocumentSearchWork> searches(Collection<String> keys) {
        Map<String, PrisonDocumentSearchWork> found = new HashMap<>();
        database.sql().query(SEARCHES, with("ids", Bodies.ids(keys)), row -> {
            found.put(
                    Long.toString(row.getLong("id")),
                    new PrisonDocumentSearchWork(
                            row.getLong("id"),
                            row.getString("reference"),
                            row.getBoolean("stands"),
                            row.getString("prisoner_number")));
        });
        return found;
    }

    /** By key. */
    Map<String, PrisonDocumentWork> wanted(Collection<String> keys) {
        Map<String, PrisonDocumentWork> found = new HashMap<>();
        database.sql().query(WANTED, with("ids", Bodies.ids(keys)), row -> {
            found.put(
                    Long.toString(row.getLong("id")),
                    new PrisonDocumentWork(
                            row.getLong("id"),
                            row.getLong("case_id"),
                            row.getString("reference"),
                            row.getBoolean("stands"),
                            row.getString("uuid"),
                            row.getString("prisoner_number"),
                            row.getString("actor")));
        });
        return found;
    }

    /** In the caller's transaction; returns the scans that are due, and what must be taken once more. */
    List<RequestWork> write(List<PrisonDocumentsFound> answers, List<PrisonDocumentTaken> taken) {
        for (PrisonDocumentsFound answer : answers) {
            database.forEach(LISTED, answer.documents(), one -> with("search", answer.search())
                    .addValue("uuid", one.uuid())
                    .addValue("type", one.type())
                    .addValue("name", one.fileName())
                    .addValue("media", one.mediaType())
                    .addValue("size", one.size())
                    .addValue("created", time(one.createdAt())));
            database.sql()
                    .update(
                            ANSWERED,
                            with("search", answer.search())
                                    .addValue("found", answer.documents().size()));
        }
        var follows = new ArrayList<RequestWork>();
        // In one order, whoever else locks several cases.
        taken.stream().sorted(Comparator.comparing(PrisonDocumentTaken::id)).forEach(one -> {
            RequestWork due = one.arrived() == null ? refused(one) : arrived(one, one.arrived());
            if (due != null) {
                follows.add(due);
            }
        });
        return follows;
    }

    private @Nullable RequestWork refused(PrisonDocumentTaken one) {
        database.sql().update(REFUSED, with("id", one.id()).addValue("code", one.code()));
        return null;
    }

    private @Nullable RequestWork arrived(PrisonDocumentTaken one, Arrived arrived) {
        MapSqlParameterSource these = with("id", one.id())
                .addValue("arrived", arrived.document())
                .addValue("media", arrived.mediaType())
                .addValue("size", arrived.size())
                .addValue("hash", arrived.sha256())
                .addValue("crc", arrived.crc32());
        if (database.sql().queryForList(STANDS, these).isEmpty()) {
            database.sql().update(NOT_KEPT, these);
            return null;
        }
        List<Map<String, Object>> same = database.sql().queryForList(SAME, these);
        if (!same.isEmpty()) {
            database.sql().update(NOT_KEPT, these);
            if (Boolean.TRUE.equals(same.get(0).get("infected"))) {
                return refused(new PrisonDocumentTaken(one.id(), null, "infected-before"));
            }
            database.sql().update(TAKEN, these.addValue("document", same.get(0).get("id")));
            return null;
        }
        if (database.sql().update(WHOLE, these) == 0) {
            // It waited for so long that it was cleared away.
            return RequestWork.now(Step.PRISON_DOCUMENT_TAKE, Long.toString(one.id()));
        }
        database.sql().update(TAKEN, these.addValue("document", arrived.document()));
        return RequestWork.now(Step.DOCUMENT_SCAN, Long.toString(arrived.document()));
    }
}
