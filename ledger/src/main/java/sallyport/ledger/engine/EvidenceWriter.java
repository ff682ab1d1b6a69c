package sallyport.ledger.engine;

import static sallyport.ledger.engine.Database.with;

import java.util.List;
import sallyport.ledger.Effect.ApplyOutcome;
import sallyport.ledger.Effect.Decide;
import sallyport.ledger.Effect.LinkRecord;
import sallyport.ledger.Effect.Log;
import sallyport.ledger.Effect.MergeIdentity;
import sallyport.ledger.Evidence;

/** Writes entries of the evidence log; {@link ChainWriter} chains them afterwards. */
final class EvidenceWriter {

    private static final String LOG =
            """
            INSERT INTO evidence (kind, case_reference, subject, actor, reason, recipient, payload_sha256, mapping_version,
                                  rule_version, detail)
            VALUES (:kind, :case, :subject, :actor, :reason, :recipient, :payload, :mappingVersion, :ruleVersion, :detail)
            """;

    /** What is decided about a case alters what is known of the people in it. */
    private static final String DECIDED =
            """
            INSERT INTO evidence (kind, case_reference, actor, reason, rule_version, detail)
            SELECT 'ALTERATION', reference, :actor, :reason, :ruleVersion, :detail FROM referral_case WHERE id = :case
            """;

    private static final String APPLIED =
            """
            INSERT INTO evidence (kind, case_reference, actor, reason, payload_sha256, detail)
            SELECT 'ALTERATION', c.reference, :actor, 'outcome from the receiving force', i.sha256, :detail
              FROM referral_case c, inbound i WHERE c.id = :case AND i.id = :inbound
            """;

    /** Before the merge: of each open case that will be known under the other number. */
    private static final String MERGED =
            """
            INSERT INTO evidence (kind, case_reference, subject, actor, reason, detail)
            SELECT DISTINCT 'ALTERATION', c.reference, :kept, 'sallyport', 'prisoner numbers merged at the source', 'was ' || :removed
              FROM case_person p JOIN referral_case c ON c.id = p.case_id
             WHERE p.prisoner_number = :number AND NOT p.former AND c.state = ANY(:open::text[])
            """;

    /** Before the link: a case that has a record already is combined with another. */
    private static final String COMBINED =
            """
            INSERT INTO evidence (kind, case_reference, actor, reason, detail)
            SELECT 'COMBINATION', c.reference, 'sallyport', 'another record belongs to the case', :record
              FROM referral_case c
             WHERE c.id = :case
               AND EXISTS (SELECT 1 FROM case_record r JOIN source_record s ON s.id = r.record
                            WHERE r.case_id = c.id AND (s.system, s.record_id) <> (:system, :id))
               AND NOT EXISTS (SELECT 1 FROM case_record r JOIN source_record s ON s.id = r.record
                                WHERE r.case_id = c.id AND (s.system, s.record_id) = (:system, :id))
            """;

    private final Database database;
    private final Pseudonyms pseudonyms;

    EvidenceWriter(Database database, Pseudonyms pseudonyms) {
        this.database = database;
        this.pseudonyms = pseudonyms;
    }

    /** What these effects are about to combine or re-key; before they are carried out. */
    void aboutTo(EffectBatch batch) {
        database.forEach(COMBINED, batch.of(LinkRecord.class), link -> with("case", link.caseId())
                .addValue("system", link.key().system())
                .addValue("id", link.key().recordId())
                .addValue("record", link.key().system() + "/" + link.key().recordId()));
        database.forEach(MERGED, batch.of(MergeIdentity.class), merge -> with("kept", pseudonyms.of(merge.kept()))
                .addValue("removed", pseudonyms.of(merge.removed()))
                .addValue("number", merge.removed())
                .addValue("open", CaseWriter.OPEN));
    }

    /** What these effects have altered, whether their flow says so or not. */
    void altered(EffectBatch batch) {
        database.forEach(
                DECIDED,
                batch.of(Decide.class).stream()
                        .filter(decide -> decide.caseId() != null)
                        .toList(),
                decide -> with("case", decide.caseId())
                        .addValue("actor", decide.actor())
                        .addValue("reason", decide.reason() == null ? "by the rules" : decide.reason())
                        .addValue("ruleVersion", decide.ruleVersion())
                        .addValue(
                                "detail",
                                "decision " + decide.kind()
                                        + (decide.verdict() == null ? "" : " " + decide.verdict())));
        database.forEach(APPLIED, batch.of(ApplyOutcome.class), outcome -> with("case", outcome.caseId())
                .addValue("inbound", outcome.inboundId())
                .addValue("actor", "force:" + outcome.force())
                .addValue(
                        "detail", "outcome " + outcome.type() + (outcome.code() == null ? "" : " " + outcome.code())));
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
