package sallyport.routes.assembly;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sallyport.connectors.wire.Fetched;
import sallyport.ledger.AssemblyWork;
import sallyport.ledger.ReferralCase;
import sallyport.ledger.SourceKey;
import sallyport.ledger.SourceVersion;
import sallyport.ledger.StoredDocument;
import sallyport.ledger.StoredFact;
import sallyport.ledger.StoredNote;
import sallyport.ledger.StoredNotice;
import sallyport.mappings.Rejected;
import sallyport.mappings.adjudication.Adjudication;
import sallyport.mappings.adjudication.ChargeAlone;
import sallyport.mappings.adjudication.Charges;
import sallyport.mappings.casenote.CaseNote;
import sallyport.mappings.casenote.CaseNotePage;
import sallyport.mappings.casenote.Justification;
import sallyport.mappings.casenote.SingleNote;
import sallyport.mappings.force.PrisonForces;
import sallyport.mappings.identity.CaseReference;
import sallyport.mappings.identity.ForceCode;
import sallyport.mappings.incident.IncidentReport;
import sallyport.mappings.prisoner.Prisoner;
import sallyport.mappings.referral.Fact;
import sallyport.mappings.referral.Facts;
import sallyport.mappings.referral.GroundsSaid;
import sallyport.mappings.referral.IntelligenceFlag;
import sallyport.mappings.referral.ReadinessItem;
import sallyport.mappings.referral.ReferralPackage;
import sallyport.mappings.referral.RequestedNote;
import sallyport.mappings.triage.Matter;
import sallyport.mappings.triage.Signals;
import sallyport.mappings.triage.Triage;
import sallyport.mappings.triage.Verdict;
import sallyport.mappings.useofforce.UseOfForceReport;

/** What a package is made of: what the prison's systems say, what people say, and the verdict on it, each named with its version. */
final class GatheredFacts {

    private final Triage rules = Triage.rules();

    /** @param last the package that the next one adds to; null for the first */
    Facts of(
            AssemblyWork work,
            @Nullable ReferralPackage last,
            List<Fetched> prisoners,
            List<Fetched> adjudications,
            List<Fetched> notes,
            Instant now) {
        ReferralCase known = work.referralCase();
        SourceVersion source = Gathering.source(work);
        IncidentReport report = Gathering.report(work);
        List<Fact> answers = answers(work);
        ForceCode force = force(known, report);
        List<Charges> read = adjudications.stream()
                .filter(page -> !page.gone())
                .map(page -> Charges.read(page.raw()))
                .toList();
        List<Adjudication> charges =
                read.stream().map(Charges::all).flatMap(Collection::stream).toList();
        List<CaseNote> caseNotes = notes.stream()
                .filter(page -> !page.gone())
                .map(page -> CaseNotePage.read(page.raw()).content())
                .flatMap(Collection::stream)
                // Not asked for: one that comes all the same goes no further.
                .filter(note -> !note.sensitive())
                .toList();
        return new Facts(
                        new CaseReference(known.reference()),
                        known.packageVersion() + 1,
                        last == null ? ReferralPackage.Kind.INITIAL : ReferralPackage.Kind.SUPPLEMENT,
                        ReferralPackage.Marking.OFFICIAL_SENSITIVE,
                        force,
                        null,
                        report,
                        named(source),
                        GroundsSaid.weigh(verdict(work, report, charges, caseNotes), report, answers),
                        prisoners.stream()
                                .map(page -> Prisoner.readAll(page.raw()))
                                .flatMap(Collection::stream)
                                .toList(),
                        charges,
                        caseNotes,
                        Stream.of(
                                        work.facts().stream().map(GatheredFacts::named),
                                        otherCharges(work).map(GatheredFacts::named),
                                        useOfForce(work).map(GatheredFacts::named),
                                        weighing(work, report).map(GatheredFacts::named),
                                        work.notices().stream().map(GatheredFacts::named),
                                        work.requestedNotes().stream().map(GatheredFacts::named))
                                .flatMap(Function.identity())
                                .toList(),
                        answers,
                        work.documents().stream().map(GatheredFacts::named).toList(),
                        IntelligenceFlag.of(
                                Fact.flag(answers, ReadinessItem.INTELLIGENCE_FLAG, "available"),
                                work.notices().stream()
                                        .map(notice -> new IntelligenceFlag.Notice(
                                                notice.handling(), notice.prison(), notice.unit()))
                                        .toList()),
                        Fact.flag(answers, ReadinessItem.TERRORISM_CONNECTION, "connected"),
                        last,
                        now)
                .withUseOfForce(useOfForce(work)
                        .map(version -> UseOfForceReport.read(version.raw()))
                        .toList())
                .withSeries(SeriesTold.to(force, work))
                .withLinkedCharges(Gathering.charges(work).stream()
                        .map(Adjudication::chargeNumber)
                        .collect(Collectors.toSet()))
                .withUnreadCharges(
                        read.stream().mapToInt(each -> each.unreadable().size()).sum());
    }

    /** Those beside the one that is named as what the case rests on. */
    private static Stream<SourceVersion> otherCharges(AssemblyWork work) {
        return Gathering.source(work).key().system().equals(SourceKey.CHARGES)
                ? work.records().stream()
                        .filter(version -> version.key().system().equals(SourceKey.CHARGES) && !version.erased())
                : Stream.empty();
    }

    private Verdict verdict(
            AssemblyWork work, IncidentReport report, List<Adjudication> charges, List<CaseNote> caseNotes) {
        List<Adjudication> linked = Gathering.charges(work);
        return ChargeAlone.isType(report.type())
                ? ChargeAlone.verdict(linked)
                : GroundsSaid.ofCharges(
                        Signals.weigh(
                                rules.decide(report),
                                Signals.of(Matter.of(report), charges, known(work, caseNotes), List.of())),
                        report,
                        linked);
    }

    /** Those of suspects that were read, and those that people asked for, of whomever. */
    private static List<CaseNote> known(AssemblyWork work, List<CaseNote> read) {
        return Stream.concat(
                        read.stream(),
                        work.requestedNotes().stream()
                                .map(GatheredFacts::requested)
                                .map(RequestedNote::note))
                .toList();
    }

    /** Charges that belong to the case beside its report, and weigh in its grounds. */
    private static Stream<SourceVersion> weighing(AssemblyWork work, IncidentReport report) {
        return ChargeAlone.isType(report.type())
                ? Stream.empty()
                : work.records().stream()
                        .filter(version -> version.key().system().equals(SourceKey.CHARGES) && !version.erased())
                        .filter(version -> GroundsSaid.hateCrime(Adjudication.readOne(version.raw())));
    }

    /** Those that were linked with the incident report of the case. */
    private static Stream<SourceVersion> useOfForce(AssemblyWork work) {
        return work.records().stream()
                .filter(version -> version.key().system().equals(SourceKey.USE_OF_FORCE))
                .peek(version -> {
                    if (version.erased()) {
                        throw new Rejected("erased-by-retention", "/useOfForce");
                    }
                });
    }

    /** What people say now. An item that this version of the hub does not know is left to the one that does. */
    static List<Fact> answers(AssemblyWork work) {
        List<Fact> answers = new ArrayList<>();
        for (StoredFact stored : work.facts()) {
            if (stored.erased()) {
                throw new Rejected("erased-by-retention", "/answers");
            }
            Arrays.stream(ReadinessItem.values())
                    .filter(item -> item.code().equals(stored.item()))
                    .forEach(item -> answers.add(Fact.of(item, stored.content())));
        }
        return answers;
    }

    private static ReferralPackage.Document named(StoredDocument document) {
        return new ReferralPackage.Document(
                document.id(),
                document.kind(),
                document.mediaType(),
                document.size(),
                HexFormat.of().formatHex(document.sha256()));
    }

    private static sallyport.mappings.referral.SourceVersion named(StoredFact fact) {
        return new sallyport.mappings.referral.SourceVersion(
                "person", fact.item(), fact.version(), HexFormat.of().formatHex(fact.sha256()));
    }

    private static sallyport.mappings.referral.SourceVersion named(StoredNotice notice) {
        return new sallyport.mappings.referral.SourceVersion(
                SourceKey.INTELLIGENCE,
                notice.recordId(),
                notice.version(),
                HexFormat.of().formatHex(notice.sha256()));
    }

    private static sallyport.mappings.referral.SourceVersion named(StoredNote note) {
        return new sallyport.mappings.referral.SourceVersion(
                SourceKey.CASE_NOTES,
                SingleNote.read(note.content()).note().caseNoteId(),
                1,
                HexFormat.of().formatHex(note.sha256()));
    }

    static RequestedNote requested(StoredNote stored) {
        return new RequestedNote(
                SingleNote.read(stored.content()).note(),
                Justification.of(stored.justification())
                        .orElseThrow(() -> new Rejected("unknown-code", "/justification")));
    }

    /** A person's word comes before the table; where neither says, the case is parked and names the field. */
    private static ForceCode force(ReferralCase known, IncidentReport report) {
        return known.force() != null ? new ForceCode(known.force()) : PrisonForces.forPrison(report.location());
    }

    private static sallyport.mappings.referral.SourceVersion named(SourceVersion source) {
        return new sallyport.mappings.referral.SourceVersion(
                source.key().system(),
                source.key().recordId(),
                source.versionNo(),
                HexFormat.of().formatHex(source.sha256()));
    }
}
