package sallyport.ledger.engine;

import static sallyport.ledger.engine.Database.time;
import static sallyport.ledger.engine.Database.with;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import sallyport.ledger.Effect.AddReceipt;
import sallyport.ledger.Effect.ApplyOutcome;
import sallyport.ledger.Effect.CommandDone;
import sallyport.ledger.Effect.Decide;
import sallyport.ledger.Effect.FootageKept;
import sallyport.ledger.Effect.JudgeInbound;
import sallyport.ledger.Effect.SourceHash;
import sallyport.ledger.Effect.StorePackage;
import sallyport.ledger.Effect.Tally;
import sallyport.ledger.SourceKey;
import sallyport.mappings.canonical.Sha256;

/** What a case leaves on paper: decisions, packages, receipts, outcomes, carried-out commands; and the day's tallies. */
final class PaperWriter {

    private static final String DECIDE =
            """
            INSERT INTO decision (case_id, record, source_version, kind, verdict, rule_version, criteria, explanation, actor, reason)
            SELECT d.case_id, (SELECT id FROM source_record s WHERE s.system = d.system AND s.record_id = d.record), d.version,
                   d.kind, d.verdict, d.rule_version, d.criteria, d.explanation, d.actor, d.reason
              FROM unnest(:cases::bigint[], :systems::text[], :records::text[], :versions::bigint[], :kinds::text[],
                          :verdicts::text[], :ruleVersions::text[], :criteria::text[], :explanations::text[], :actors::text[],
                          :reasons::text[]) WITH ORDINALITY
                     AS d(case_id, system, record, version, kind, verdict, rule_version, criteria, explanation, actor, reason, n)
             ORDER BY d.n
            """;

    private static final String STORE_PACKAGE =
            """
            INSERT INTO package (case_id, version, kind, canonical, sha256, content_sha256, schema_version, mapping_version,
                                 readiness, built_at, sources)
            VALUES (:case, :version, :kind, :canonical, :sha256, :contentSha256, :schemaVersion, :mappingVersion, :readiness,
                    :builtAt, :sources::jsonb)
            """;

    private static final String ADD_RECEIPTS =
            """
            INSERT INTO receipt (case_id, lane, package_version, rung, at, owner, deadline, evidence_sha256, detail)
            SELECT r.case_id, r.lane, r.version, r.rung, r.at, r.owner,
                   coalesce(r.deadline, (SELECT k.overdue_at FROM receipt_clock k
                                          WHERE k.case_id = r.case_id AND k.lane = r.lane AND k.rung = r.rung
                                            AND k.package_version <= r.version
                                          ORDER BY k.package_version DESC LIMIT 1)), r.evidence, r.detail
              FROM unnest(:cases::bigint[], :lanes::text[], :versions::int[], :rungs::text[], :ats::timestamptz[], :owners::text[],
                          :deadlines::timestamptz[], :evidences::bytea[], :details::text[]) WITH ORDINALITY
                     AS r(case_id, lane, version, rung, at, owner, deadline, evidence, detail, n)
             ORDER BY r.n
            ON CONFLICT (case_id, lane, package_version, rung) DO NOTHING
            """;

    private static final String JUDGE_INBOUND =
            """
            UPDATE inbound
               SET state = :state, message_id = coalesce(:messageId, message_id),
                   case_reference = coalesce(:caseReference, case_reference), code = :code, code_where = :where, detail = :detail
             WHERE id = :id
            """;

    private static final String APPLY_OUTCOME =
            """
            INSERT INTO outcome (inbound, case_id, force, message_id, type, code, at, crime_reference, officer, reason)
            VALUES (:inbound, :case, :force, :messageId, :type, :code, :at, :crimeReference, :officer, :reason)
            ON CONFLICT DO NOTHING
            """;

    static final String TALLY =
            """
            INSERT INTO tally AS t (day, what, n) VALUES ((now() AT TIME ZONE 'Europe/London')::date, :what, :n)
            ON CONFLICT (day, what) DO UPDATE SET n = t.n + EXCLUDED.n
            """;

    private final Database database;

    PaperWriter(Database database) {
        this.database = database;
    }

    void write(EffectBatch batch) {
        database.forAll(
                DECIDE,
                Unnested.of(batch.of(Decide.class))
                        .longs("cases", Decide::caseId)
                        .texts("systems", PaperWriter::system)
                        .texts("records", PaperWriter::recordId)
                        .longs("versions", Decide::sourceVersion)
                        .texts("kinds", Decide::kind)
                        .texts("verdicts", Decide::verdict)
                        .texts("ruleVersions", Decide::ruleVersion)
                        .texts("criteria", Decide::criteria)
                        .texts("explanations", Decide::explanation)
                        .texts("actors", Decide::actor)
                        .texts("reasons", Decide::reason));
        database.forEach(STORE_PACKAGE, batch.of(StorePackage.class), effect -> with("case", effect.caseId())
                .addValue("version", effect.version())
                .addValue("kind", effect.kind().name())
                .addValue("canonical", effect.canonical())
                .addValue("sha256", Sha256.of(effect.canonical()))
                .addValue("contentSha256", effect.contentSha256())
                .addValue("schemaVersion", effect.schemaVersion())
                .addValue("mappingVersion", effect.mappingVersion())
                .addValue("readiness", effect.readinessJson())
                .addValue("builtAt", time(effect.builtAt()))
                .addValue("sources", sources(effect)));
        FootageClock.write(database, batch.of(FootageKept.class));
        database.forAll(
                ADD_RECEIPTS,
                Unnested.of(batch.of(AddReceipt.class))
                        .longs("cases", AddReceipt::caseId)
                        .texts("lanes", AddReceipt::lane)
                        .ints("versions", AddReceipt::packageVersion)
                        .texts("rungs", receipt -> receipt.rung().name())
                        .times("ats", AddReceipt::at)
                        .texts("owners", AddReceipt::owner)
                        .times("deadlines", AddReceipt::deadline)
                        .bytes("evidences", AddReceipt::evidenceSha256)
                        .texts("details", AddReceipt::detail));
        database.forEach(JUDGE_INBOUND, batch.of(JudgeInbound.class), effect -> with("id", effect.inboundId())
                .addValue("state", effect.state())
                .addValue("messageId", effect.messageId())
                .addValue("caseReference", effect.caseReference())
                .addValue("code", effect.code())
                .addValue("where", effect.where())
                .addValue("detail", effect.detail()));
        database.forEach(APPLY_OUTCOME, batch.of(ApplyOutcome.class), effect -> with("inbound", effect.inboundId())
                .addValue("case", effect.caseId())
                .addValue("force", effect.force())
                .addValue("messageId", effect.messageId())
                .addValue("type", effect.type())
                .addValue("code", effect.code())
                .addValue("at", time(effect.at()))
                .addValue("crimeReference", effect.crimeReference())
                .addValue("officer", effect.officer())
                .addValue("reason", effect.reason()));
        database.forEach(
                "UPDATE command SET done_at = now(), result = :result WHERE id = :id",
                batch.of(CommandDone.class),
                effect -> with("id", effect.commandId()).addValue("result", effect.result()));
    }

    private static String sources(StorePackage pkg) {
        ArrayNode sources = JsonNodeFactory.instance.arrayNode();
        for (SourceHash source : pkg.readFrom()) {
            sources.addObject()
                    .put("system", source.key().system())
                    .put("recordId", source.key().recordId())
                    .put("sha256", HexFormat.of().formatHex(source.sha256()));
        }
        return sources.toString();
    }

    private static @Nullable String system(Decide decision) {
        SourceKey key = decision.key();
        return key == null ? null : key.system();
    }

    private static @Nullable String recordId(Decide decision) {
        SourceKey key = decision.key();
        return key == null ? null : key.recordId();
    }

    void tally(List<Tally> tallies) {
        // Sorted, so that two writers do not wait for each other in a ring.
        var sums = new TreeMap<String, Long>();
        tallies.forEach(tally -> sums.merge(tally.what(), tally.n(), Long::sum));
        database.forEach(TALLY, List.copyOf(sums.entrySet()), entry -> with("what", entry.getKey())
                .addValue("n", entry.getValue()));
    }
}
