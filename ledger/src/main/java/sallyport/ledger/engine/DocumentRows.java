package sallyport.ledger.engine;

import static sallyport.ledger.engine.Database.texts;
import static sallyport.ledger.engine.Database.with;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import sallyport.ledger.DocumentWork;
import sallyport.ledger.Effect.DocumentScanned;

/** Documents that wait for a scanner, and what it said of them. What is infected loses its bytes with the word that it is. */
final class DocumentRows {

    private static final String LOAD =
            """
            SELECT d.id, d.case_id, c.reference, c.approved_at IS NOT NULL AS approved,
                   d.state = 'RECEIVED' AND d.erased_by IS NULL AS waits, d.size, d.sha256
              FROM document d JOIN referral_case c ON c.id = d.case_id
             WHERE d.id = ANY((:keys::text[])::bigint[]) AND d.state <> 'RECEIVING'
            """;

    private static final String SCANNED =
            """
            UPDATE document d SET state = n.state, finding = n.found, scanned_at = now()
              FROM unnest(:ids::bigint[], :states::text[], :founds::text[]) AS n(id, state, found)
             WHERE d.id = n.id AND d.state = 'RECEIVED' AND d.erased_by IS NULL
            """;

    private static final String NOT_KEPT =
            """
            DELETE FROM document_chunk k USING document d
             WHERE k.document = d.id AND d.state = 'INFECTED' AND d.id = ANY(:ids::bigint[])
            """;

    private final Database database;

    DocumentRows(Database database) {
        this.database = database;
    }

    /** By key. */
    Map<String, DocumentWork> load(Collection<String> keys) {
        Map<String, DocumentWork> found = new HashMap<>();
        database.sql().query(LOAD, with("keys", texts(keys)), row -> {
            found.put(
                    Long.toString(row.getLong("id")),
                    new DocumentWork(
                            row.getLong("id"),
                            row.getLong("case_id"),
                            row.getString("reference"),
                            row.getBoolean("approved"),
                            row.getBoolean("waits"),
                            row.getLong("size"),
                            row.getBytes("sha256")));
        });
        return found;
    }

    /** In the caller's transaction. */
    void scanned(List<DocumentScanned> results) {
        if (results.isEmpty()) {
            return;
        }
        database.forAll(
                SCANNED,
                Unnested.of(results)
                        .longs("ids", DocumentScanned::documentId)
                        .texts("states", result -> result.found() == null ? "CLEAN" : "INFECTED")
                        .texts("founds", DocumentScanned::found));
        database.forAll(NOT_KEPT, Unnested.of(results).longs("ids", DocumentScanned::documentId));
    }
}
