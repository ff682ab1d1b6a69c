package sallyport.mappings.lineage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.adjudication.Adjudication;
import sallyport.mappings.adjudication.ChargeAlone;
import sallyport.mappings.canonical.Sha256;
import sallyport.mappings.casenote.CaseNote;
import sallyport.mappings.casenote.CaseNotePage;
import sallyport.mappings.casenote.Justification;
import sallyport.mappings.casenote.SingleNote;
import sallyport.mappings.identity.CaseReference;
import sallyport.mappings.identity.ForceCode;
import sallyport.mappings.incident.IncidentReport;
import sallyport.mappings.prisoner.Prisoner;
import sallyport.mappings.referral.Fact;
import sallyport.mappings.referral.Facts;
import sallyport.mappings.referral.IntelligenceFlag;
import sallyport.mappings.referral.InventedPackages;
import sallyport.mappings.referral.PackageJson;
import sallyport.mappings.referral.PackageMapping;
import sallyport.mappings.referral.ReadinessItem;
import sallyport.mappings.referral.ReferralPackage;
import sallyport.mappings.referral.RequestedNote;
import sallyport.mappings.referral.Series;
import sallyport.mappings.referral.SourceVersion;
import sallyport.mappings.triage.Matter;
import sallyport.mappings.triage.Signals;
import sallyport.mappings.triage.Triage;
import sallyport.mappings.triage.Verdict;
import sallyport.mappings.useofforce.UseOfForceReport;

/** A package with the records it was built from, as they came. */
final class TracedCase {

    private final List<SourceRecord> records = new ArrayList<>();
    private final byte @Nullable [] report;
    private final List<Adjudication> alone = new ArrayList<>();
    private byte @Nullable [] prisoners;
    private byte @Nullable [] adjudications;
    private byte @Nullable [] notes;
    private List<Fact> answers = List.of();
    private List<ReferralPackage.Document> documents = List.of();
    private final List<UseOfForceReport> useOfForce = new ArrayList<>();
    private final List<RequestedNote> requested = new ArrayList<>();
    private List<Series> series = List.of();

    TracedCase(byte[] report) {
        this.report = report;
        record("incident-reporting", IncidentReport.read(report).id(), report);
    }

    /** A case that rests on charges alone. */
    TracedCase(List<byte[]> charges) {
        report = null;
        for (byte[] charge : charges) {
            Adjudication read = Adjudication.readOne(charge);
            alone.add(read);
            record("adjudication-charges", read.chargeNumber(), charge);
        }
    }

    TracedCase prisoners(byte[] page) {
        prisoners = page;
        record("prisoner-search", "SP-2026-000123/0", page);
        return this;
    }

    TracedCase adjudications(byte[] page) {
        adjudications = page;
        record("adjudications", "SP-2026-000123/0", page);
        return this;
    }

    TracedCase notes(byte[] page) {
        notes = page;
        record("case-notes", "SP-2026-000123/0", page);
        return this;
    }

    TracedCase answers(List<Fact> answers) {
        this.answers = answers;
        answers.forEach(fact -> record(SourceRecord.PERSON, fact.item().code(), fact.content()));
        return this;
    }

    TracedCase documents(ReferralPackage.Document... documents) {
        this.documents = List.of(documents);
        return this;
    }

    TracedCase useOfForce(String raw) {
        byte[] bytes = raw.getBytes(StandardCharsets.UTF_8);
        UseOfForceReport read = UseOfForceReport.read(bytes);
        useOfForce.add(read);
        record("use-of-force", read.id(), bytes);
        return this;
    }

    TracedCase requested(byte[] note, Justification why) {
        CaseNote read = SingleNote.read(note).note();
        requested.add(new RequestedNote(read, why));
        record("case-notes", read.caseNoteId(), note);
        return this;
    }

    TracedCase series(Series... told) {
        series = List.of(told);
        return this;
    }

    private void record(String system, String id, byte[] raw) {
        records.add(new SourceRecord(system, id, 1, Sha256.hex(raw), raw));
    }

    List<SourceRecord> records() {
        return records;
    }

    ObjectNode json() {
        return PackageJson.tree(pkg());
    }

    ReferralPackage pkg() {
        IncidentReport incident = report == null ? ChargeAlone.report(alone) : IncidentReport.read(report);
        List<Adjudication> charges = adjudications == null ? List.of() : Adjudication.readAll(adjudications);
        List<CaseNote> found =
                notes == null ? List.of() : CaseNotePage.read(notes).content();
        Facts facts = new Facts(
                new CaseReference("SP-2026-000123"),
                1,
                ReferralPackage.Kind.INITIAL,
                ReferralPackage.Marking.OFFICIAL_SENSITIVE,
                new ForceCode("14"),
                null,
                incident,
                source(records.get(0)),
                report == null ? ChargeAlone.verdict(alone) : weighed(incident, charges, found),
                prisoners == null ? List.of() : Prisoner.readAll(prisoners),
                charges,
                found,
                List.of(),
                answers,
                documents,
                IntelligenceFlag.of(Fact.flag(answers, ReadinessItem.INTELLIGENCE_FLAG, "available"), List.of()),
                Fact.flag(answers, ReadinessItem.TERRORISM_CONNECTION, "connected"),
                null,
                Instant.parse("2026-08-04T10:15:30Z"));
        return PackageMapping.assemble(facts.withUseOfForce(useOfForce).withSeries(series), requested);
    }

    private static SourceVersion source(SourceRecord record) {
        return new SourceVersion(record.system(), record.recordId(), 1, record.sha256());
    }

    private static Verdict weighed(IncidentReport incident, List<Adjudication> charges, List<CaseNote> found) {
        return Signals.weigh(
                Triage.rules().decide(incident),
                Signals.of(
                        Matter.of(incident),
                        charges,
                        found.stream().filter(note -> !note.sensitive()).toList(),
                        List.of()));
    }

    PackageLineage lineage(Set<Row> used) {
        return LineageMapping.of(json(), records, used);
    }

    /** Of a package that takes another one back. */
    static PackageLineage ofWithdrawal(Set<Row> used) {
        byte[] before = PackageJson.write(InventedPackages.full());
        return LineageMapping.of(
                PackageJson.tree(InventedPackages.withdrawn()),
                List.of(new SourceRecord(SourceRecord.PACKAGE, "SP-2026-000123", 1, Sha256.hex(before), before)),
                used);
    }

    static JsonNode parse(byte[] json) {
        return sallyport.mappings.json.JsonFields.tree(json);
    }
}
