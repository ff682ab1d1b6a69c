package sallyport.ledger.engine;

import static sallyport.ledger.engine.Database.with;

import java.util.List;
import org.jspecify.annotations.Nullable;
import sallyport.ledger.Effect.ApplyOutcome;
import sallyport.ledger.Effect.Decide;
import sallyport.ledger.Effect.LinkRecord;
import sallyport.ledger.Effect.Log;
import sallyport.ledger.Evidence;

/** Writes entries of the evidence log; {@link ChainWriter} chains them afterwards. */
final class EvidenceWriter {

    private static final String LOG =
            """
            INSERT INTO evidence (kind, case_reference, subject, actor, reason, recipient, payload_sha256, mapping_version,
                                  rule_version, detail)
            SELECT * FROM unnest(:kinds::text[], :cases::text[], :subjects::text[], :actors::text[], :reasons::text[],
                                 :recipients::text[], :payloads::bytea[], :mappingVersions::text[], :ruleVersions::text[],
                                 :details::text[])
            """;

    /** What is decided about a case alters what is known of the people in it. */
    private static final String DECIDED =
            """
            INSERT INTO evidence (kind, case_reference, actor, reason, rule_version, detail)
            SELECT 'ALTERATION', c.reference, d.actor, d.reason, d.rule_version, d.detail
              FROM unnest(:cases::bigint[], :actors::text[], :reasons::text[], :ruleVersions::text[], :details::text[])
                     WITH ORDINALITY AS d(case_id, actor, reason, rule_version, detail, n)
              JOIN referral_case c ON c.id = d.case_id
             ORDER BY d.n
            """;

    private static final String APPLIED =
            """
            INSERT INTO evidence (kind, case_reference, actor, reason, payload_sha256, detail)
            SELECT 'ALTERATION', c.reference, :actor, 'outcome from the receiving force', i.sha256, :detail
              FROM referral_case c, inbound i WHERE c.id = :case AND i.id = :inbound
            """;

    /** Of each open case in which somebody is known under another number from now on. */
    private static final String REKEYED =
            """
            INSERT INTO evidence (kind, case_reference, subject, actor, reason, detail)
            SELECT 'ALTERATION', n.reference, n.kept, 'sallyport', :why, 'was ' || n.removed
              FROM unnest(:references::text[], :kept::text[], :removed::text[]) AS n(reference, kept, removed)
            """;

    /** Before the link: a case that has a record already is combined with another. */
    private static final String COMBINED =
            """
            INSERT INTO evidence (kind, case_reference, actor, reason, detail)
            SELECT 'COMBINATION', c.reference, 'sallyport', 'another record belongs to the case', l.system || '/' || l.record
              FROM unnest(:cases::bigint[], :systems::text[], :records::text[]) WITH ORDINALITY AS l(case_id, system, record, n)
              JOIN referral_case c ON c.id = l.case_id
             CROSS JOIN LATERAL (
                   SELECT bool_or((s.system, s.record_id) <> (l.system, l.record)) AS another,
                          bool_or((s.system, s.record_id) = (l.system, l.record)) AS this
                     FROM case_record r JOIN source_record s ON s.id = r.record
                    WHERE r.case_id = l.case_id) AS has
             WHERE has.another AND NOT has.this
             ORDER BY l.n
            """;

    private final Database database;
    private final Pseudonyms pseudonyms;

    EvidenceWriter(Database database, Pseudonyms pseudonyms) {
        this.database = database;
        this.pseudonyms = pseudonyms;
    }

    /** What these effects are about to combine; before they are carried out. */
    void aboutTo(EffectBatch batch) {
        database.forAll(
                COMBINED,
                Unnested.of(batch.of(LinkRecord.class))
                        .longs("cases", LinkRecord::caseId)
                        .texts("systems", link -> link.key().system())
                        .texts("records", link -> link.key().recordId()));
    }

    void rekeyed(IdentityRows.Changed changed) {
        rekeyed(changed.merged(), "prisoner numbers merged at the source");
        rekeyed(changed.moved(), "a booking moved to another prisoner at the source");
    }

    private void rekeyed(List<IdentityRows.Rekeyed> people, String why) {
        database.forAll(
                REKEYED,
                Unnested.of(people)
                        .texts("references", IdentityRows.Rekeyed::reference)
                        .texts("kept", person -> pseudonyms.of(person.kept()))
                        .texts("removed", person -> pseudonyms.of(person.removed()))
                        .all("why", why));
    }

    /** What these effects have altered, whether their flow says so or not. */
    void altered(EffectBatch batch) {
        database.forAll(
                DECIDED,
                Unnested.of(batch.of(Decide.class).stream()
                                .filter(decide -> decide.caseId() != null)
                                .toList())
                        .longs("cases", Decide::caseId)
                        .texts("actors", Decide::actor)
                        .texts("reasons", decide -> decide.reason() == null ? "by the rules" : decide.reason())
                        .texts("ruleVersions", Decide::ruleVersion)
                        .texts(
                                "details",
                                decide -> "decision " + decide.kind()
                                        + (decide.verdict() == null ? "" : " " + decide.verdict())));
        database.forEach(APPLIED, batch.of(ApplyOutcome.class), outcome -> with("case", outcome.caseId())
                .addValue("inbound", outcome.inboundId())
                .addValue("actor", "force:" + outcome.force())
                .addValue(
                        "detail", "outcome " + outcome.type() + (outcome.code() == null ? "" : " " + outcome.code())));
    }

    void write(List<Log> logs) {
        database.forAll(
                LOG,
                Unnested.of(logs.stream().map(Log::evidence).toList())
                        .texts("kinds", entry -> entry.kind().name())
                        .texts("cases", Evidence::caseReference)
                        .texts("subjects", this::pseudonym)
                        .texts("actors", Evidence::actor)
                        .texts("reasons", Evidence::reason)
                        .texts("recipients", Evidence::recipient)
                        .bytes("payloads", Evidence::payloadSha256)
                        .texts("mappingVersions", Evidence::mappingVersion)
                        .texts("ruleVersions", Evidence::ruleVersion)
                        .texts("details", Evidence::detail));
    }

    private @Nullable String pseudonym(Evidence entry) {
        String subject = entry.subject();
        return subject == null ? null : pseudonyms.of(subject);
    }
}
