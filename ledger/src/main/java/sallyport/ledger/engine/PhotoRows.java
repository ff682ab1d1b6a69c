package sallyport.ledger.engine;

import static sallyport.ledger.engine.Database.with;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import sallyport.ledger.Effect.PhotoFound;
import sallyport.ledger.Effect.RequestWork;
import sallyport.ledger.PhotoRequestWork;
import sallyport.ledger.Step;
import sallyport.mappings.canonical.Sha256;

/** Photographs that people asked for: they become documents, and wait for the scanner as what people add does. */
final class PhotoRows {

    private static final int PIECE = 512 * 1024;

    private static final String LOAD =
            """
            SELECT r.id, r.case_id, c.reference, r.prisoner_number,
                   r.state = 'ASKED' AND r.erased_by IS NULL AND c.erased_at IS NULL AND c.state <> 'WITHDRAWN' AS stands
              FROM photo_request r JOIN referral_case c ON c.id = r.case_id
             WHERE r.id = ANY(:ids::bigint[])
            """;

    private static final String NONE =
            """
            UPDATE photo_request SET state = 'NONE', answered_at = now()
             WHERE id = :id AND state = 'ASKED' AND erased_by IS NULL
            """;

    private static final String STORED =
            """
            INSERT INTO document (case_id, kind, state, file_name, media_type, size, sha256, actor, source)
            SELECT r.case_id, 'prisoner-photograph', 'RECEIVED', r.prisoner_number || '.jpg', 'image/jpeg', :size, :hash, r.actor, 'NOMIS'
              FROM photo_request r WHERE r.id = :id AND r.state = 'ASKED' AND r.erased_by IS NULL
            ON CONFLICT (case_id, sha256) WHERE state <> 'RECEIVING' DO NOTHING
            RETURNING id
            """;

    private static final String NAMED =
            """
            UPDATE photo_request r SET state = 'STORED', answered_at = now(), document = d.id
              FROM document d
             WHERE r.id = :id AND r.state = 'ASKED' AND r.erased_by IS NULL
               AND d.case_id = r.case_id AND d.sha256 = :hash AND d.state <> 'RECEIVING'
            """;

    private final Database database;

    PhotoRows(Database database) {
        this.database = database;
    }

    /** By key. */
    Map<String, PhotoRequestWork> load(Collection<String> keys) {
        Map<String, PhotoRequestWork> found = new HashMap<>();
        database.sql().query(LOAD, with("ids", Bodies.ids(keys)), row -> {
            found.put(
                    Long.toString(row.getLong("id")),
                    new PhotoRequestWork(
                            row.getLong("id"),
                            row.getLong("case_id"),
                            row.getString("reference"),
                            row.getBoolean("stands"),
                            row.getString("prisoner_number")));
        });
        return found;
    }

    /** In the caller's transaction; returns the scans that are due. */
    List<RequestWork> found(List<PhotoFound> answers) {
        var follows = new ArrayList<RequestWork>();
        for (PhotoFound answer : answers) {
            byte[] jpeg = answer.jpeg();
            if (jpeg == null) {
                database.sql().update(NONE, with("id", answer.request()));
                continue;
            }
            byte[] hash = Sha256.of(jpeg);
            List<Long> stored = database.sql()
                    .queryForList(
                            STORED,
                            with("id", answer.request())
                                    .addValue("size", jpeg.length)
                                    .addValue("hash", hash),
                            Long.class);
            for (Long document : stored) {
                pieces(document, jpeg);
                follows.add(RequestWork.now(Step.DOCUMENT_SCAN, Long.toString(document)));
            }
            database.sql().update(NAMED, with("id", answer.request()).addValue("hash", hash));
        }
        return follows;
    }

    private void pieces(long document, byte[] jpeg) {
        for (int no = 0; no * PIECE < jpeg.length; no++) {
            database.sql()
                    .update(
                            "INSERT INTO document_chunk (document, no, bytes) VALUES (:document, :no, :bytes)",
                            with("document", document)
                                    .addValue("no", no)
                                    .addValue(
                                            "bytes",
                                            Arrays.copyOfRange(
                                                    jpeg, no * PIECE, Math.min(jpeg.length, (no + 1) * PIECE))));
        }
    }
}
