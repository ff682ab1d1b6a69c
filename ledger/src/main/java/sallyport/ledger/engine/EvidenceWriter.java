package sallyport.ledger.engine;

import static sallyport.ledger.engine.Database.with;

import java.util.List;
import sallyport.ledger.Effect.Log;
import sallyport.ledger.Evidence;

/** Writes entries of the evidence log; {@link ChainWriter} chains them afterwards. */
final class EvidenceWriter {

    private static final String LOG =
            """
            INSERT INTO evidence (kind, case_reference, subject, actor, reason, recipient, payload_sha256, mapping_version,
                                  rule_version, detail)
            VALUES (:kind, :case, :subject, :actor, :reason, :recipient, :payload, :mappingVersion, :ruleVersion, :detail)
            """;

    private final Database database;
    private final Pseudonyms pseudonyms;

    EvidenceWriter(Database database, Pseudonyms pseudonyms) {
        this.database = database;
        this.pseudonyms = pseudonyms;
    }

    void write(List<Log> logs) {
        database.forEach(LOG, logs, log -> {
            Evidence entry = log.evidence();
            String subject = entry.subject();
            return with("kind", entry.kind().name())
                    .addValue("case", entry.caseReference())
                    .addValue("subject", subject == null ? null : pseudonyms.of(subject))
                    .addValue("actor", entry.actor())
                    .addValue("reason", entry.reason())
                    .addValue("recipient", entry.recipient())
                    .addValue("payload", entry.payloadSha256())
                    .addValue("mappingVersion", entry.mappingVersion())
                    .addValue("ruleVersion", entry.ruleVersion())
                    .addValue("detail", entry.detail());
        });
    }
}
