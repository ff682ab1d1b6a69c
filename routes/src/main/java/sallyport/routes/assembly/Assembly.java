package sallyport.routes.assembly;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import sallyport.connectors.police.forces.Force;
import sallyport.connectors.police.forces.Forces;
import sallyport.connectors.wire.Fetched;
import sallyport.ledger.AssemblyWork;
import sallyport.ledger.CaseState;
import sallyport.ledger.Effect;
import sallyport.ledger.Effects;
import sallyport.ledger.Evidence;
import sallyport.ledger.LaneFamily;
import sallyport.ledger.PackageKind;
import sallyport.ledger.ReferralCase;
import sallyport.ledger.SourceKey;
import sallyport.ledger.StoredPackage;
import sallyport.mappings.MappingVersion;
import sallyport.mappings.Rejected;
import sallyport.mappings.canonical.Sha256;
import sallyport.mappings.feed.CaseEvent;
import sallyport.mappings.identity.CaseReference;
import sallyport.mappings.identity.PrisonerNumber;
import sallyport.mappings.incident.IncidentReport;
import sallyport.mappings.incident.Watching;
import sallyport.mappings.police.MessageIds;
import sallyport.mappings.referral.Checklist;
import sallyport.mappings.referral.FootageKept;
import sallyport.mappings.referral.PackageJson;
import sallyport.mappings.referral.PackageMapping;
import sallyport.mappings.referral.PackageSchema;
import sallyport.mappings.referral.ReferralPackage;
import sallyport.routes.CaseLines;
import sallyport.routes.CaseSync;
import sallyport.routes.Reviews;
import sallyport.routes.regionalfeed.Feeds;

/**
 * Builds the next package of a case from what was gathered. Nothing new to say makes no version; a version that would lose its
 * suspects waits for a person; everything else is validated, numbered and promised to the force of the place of the offence.
 */
@Component
final class Assembly {

    /** Reviews that hold back what has not gone out yet. */
    private static final Set<String> STOPS = Set.of(
            Reviews.SUSPECTS_LOST,
            Reviews.WITHDRAWAL_PROPOSED,
            Reviews.VERDICT_CHANGED,
            Reviews.FORCE_CHANGED,
            Reviews.MAY_BE_THE_SAME);

    private final GatheredFacts gathered = new GatheredFacts();
    private final Forces forces;
    private final Renderings renderings;
    private final Feeds feeds;
    private final Clock clock;

    Assembly(Forces forces, Renderings renderings, Feeds feeds, Clock clock) {
        this.forces = forces;
        this.renderings = renderings;
        this.feeds = feeds;
        this.clock = clock;
    }

    Effects build(
            @ExchangeProperty(Gathering.WORK) AssemblyWork work,
            @ExchangeProperty(Gathering.PRISONERS) List<Fetched> prisoners,
            @ExchangeProperty(Gathering.ADJUDICATIONS) List<Fetched> adjudications,
            @ExchangeProperty(Gathering.NOTES) List<List<Fetched>> notes) {
        ReferralCase known = work.referralCase();
        if (!known.approved()) {
            return Effects.none();
        }
        if (known.state() == CaseState.WITHDRAWN) {
            return withdrawn(work);
        }
        if (waits(work)) {
            return Effects.none();
        }
        Instant now = clock.instant();
        List<Fetched> notePages = notes.stream().flatMap(Collection::stream).toList();
        ReferralPackage last = last(work);
        ReferralPackage next = PackageMapping.assemble(
                gathered.of(work, last, prisoners, adjudications, notePages, now),
                work.requestedNotes().stream().map(GatheredFacts::requested).toList());
        boolean confirmed = Reviews.CONFIRMED.equals(known.reviewCode());
        boolean emptied = Gathering.report(work).emptiedByTypeChange();
        if (!confirmed && (emptied || last != null && PackageMapping.losesSuspects(last, next))) {
            return Effects.of(new Effect.ChangeCase(
                    Reviews.asked(known, Reviews.SUSPECTS_LOST, "the report names no suspect any more")));
        }
        if (!confirmed) {
            refuseUnknownPeople(Gathering.report(work), next);
        }
        byte[] content = Sha256.of(PackageJson.contentBytes(next));
        if (work.lastPackage() != null
                && last != null
                && Arrays.equals(content, work.lastPackage().contentSha256())) {
            return confirmed ? Effects.of(new Effect.ChangeCase(known.withReview(null, null))) : Effects.none();
        }
        List<Effect> sources = sources(known, prisoners, adjudications, notePages);
        return numbered(work, next, content, readFrom(sources), now).and(Effects.of(sources));
    }

    /** While a person is asked, or the report is being changed or is gone, nothing new goes out. */
    private static boolean waits(AssemblyWork work) {
        ReferralCase known = work.referralCase();
        return Reviews.asks(known, STOPS)
                || Gathering.source(work).goneAt() != null
                || Watching.of(Gathering.report(work).status()) != Watching.ACTED_ON;
    }

    /** A number that nobody knows names nobody, or the wrong person: the prison mends it before the police act on it. */
    private static void refuseUnknownPeople(IncidentReport report, ReferralPackage next) {
        Set<String> known = next.persons().stream()
                .filter(ReferralPackage.Person::knownToPrisonerSearch)
                .map(ReferralPackage.Person::prisonerNumber)
                .filter(Objects::nonNull)
                .map(PrisonerNumber::value)
                .collect(Collectors.toSet());
        for (int index = 0; index < report.prisonersInvolved().size(); index++) {
            if (!known.contains(report.prisonersInvolved().get(index).prisonerNumber())) {
                throw new Rejected("unknown-prisoner", "/prisonersInvolved/" + index + "/prisonerNumber");
            }
        }
    }

    /** The package that the next one adds to: none where all before were cancelled unsent. */
    private static @Nullable ReferralPackage last(AssemblyWork work) {
        StoredPackage last = work.lastPackage();
        if (last == null || work.sentTo().isEmpty()) {
            return null;
        }
        if (last.erased()) {
            throw new Rejected("erased-by-retention", "/package");
        }
        return PackageJson.read(last.canonical());
    }

    /** What the force was never sent needs no taking back. */
    private Effects withdrawn(AssemblyWork work) {
        ReferralCase known = work.referralCase();
        ReferralPackage last = last(work);
        if (last == null || last.kind() == ReferralPackage.Kind.WITHDRAWAL) {
            return Reviews.CONFIRMED.equals(known.reviewCode())
                    ? Effects.of(new Effect.ChangeCase(known.withReview(null, null)))
                    : Effects.none();
        }
        Instant now = clock.instant();
        ReferralPackage withdrawal = ReferralPackage.withdrawal(last, reason(known), known.reviewDetail(), now);
        return numbered(work, withdrawal, Sha256.of(PackageJson.contentBytes(withdrawal)), List.of(), now);
    }

    /** The detail of the review begins with why the withdrawal was proposed. */
    private static ReferralPackage.WithdrawalReason reason(ReferralCase known) {
        String detail = String.valueOf(known.reviewDetail());
        return Arrays.stream(ReferralPackage.WithdrawalReason.values())
                .filter(reason -> detail.startsWith(reason.name()))
                .findFirst()
                .orElse(ReferralPackage.WithdrawalReason.OTHER);
    }

    private Effects numbered(
            AssemblyWork work, ReferralPackage next, byte[] content, List<Effect.SourceHash> readFrom, Instant now) {
        ReferralCase known = work.referralCase();
        byte[] canonical = PackageJson.write(next);
        PackageSchema.validate(canonical);
        Force force =
                forces.byCode(next.force().value()).orElseThrow(() -> new Rejected("force-not-connected", "/force"));
        String lane = "force:" + force.code();
        String messageId =
                MessageIds.packageMessageId(new CaseReference(known.reference()), next.version(), next.force());
        ReferralCase changed = known.withPackageVersion(next.version()).withForce(force.code());
        if (Reviews.CONFIRMED.equals(known.reviewCode())) {
            changed = changed.withReview(null, null);
        }
        ReferralCase told = changed;
        PackageKind kind = kind(next);
        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.ChangeCase(changed));
        effects.add(new Effect.StorePackage(
                known.id(),
                next.version(),
                kind,
                canonical,
                content,
                ReferralPackage.SCHEMA,
                MappingVersion.CURRENT,
                ReadinessJson.of(next, Checklist.found(next, GatheredFacts.answers(work))),
                now,
                readFrom));
        effects.add(footage(known, next));
        effects.add(new Effect.Promise(
                LaneFamily.FORCE,
                lane,
                known.id(),
                kind == PackageKind.WITHDRAWAL ? "WITHDRAWAL" : "PACKAGE",
                messageId,
                next.version(),
                known.caseClass(),
                renderings.of(next, force, messageId, now)));
        effects.add(new Effect.Log(new Evidence(
                Evidence.Kind.COMBINATION,
                known.reference(),
                null,
                "sallyport",
                "package version " + next.version() + " built",
                null,
                Sha256.of(canonical),
                MappingVersion.CURRENT,
                next.lineage().ruleVersion(),
                kind.name())));
        effects.add(CaseSync.of(known.reference()));
        event(kind).ifPresent(type -> effects.addAll(feeds.promises(told, type, next.version(), now)));
        CaseLines.moved(changed, "version " + next.version() + " (" + kind + ") promised to " + lane);
        return Effects.of(effects);
    }

    private static Effect footage(ReferralCase known, ReferralPackage next) {
        return FootageKept.of(next)
                .map(due -> new Effect.FootageKept(known.id(), due.warnOn(), due.until(), due.recordings()))
                .orElseGet(() -> new Effect.FootageKept(known.id(), null, null, 0));
    }

    private static PackageKind kind(ReferralPackage next) {
        return switch (next.kind()) {
            case INITIAL -> PackageKind.REFERRAL;
            case SUPPLEMENT -> PackageKind.SUPPLEMENT;
            case WITHDRAWAL -> PackageKind.WITHDRAWAL;
        };
    }

    /** A supplement is news to the teams when it is delivered, not when it is promised. */
    private static Optional<CaseEvent.Type> event(PackageKind kind) {
        return switch (kind) {
            case REFERRAL -> Optional.of(CaseEvent.Type.APPROVED);
            case SUPPLEMENT -> Optional.empty();
            case WITHDRAWAL -> Optional.of(CaseEvent.Type.WITHDRAWN);
        };
    }

    /** Everything that was received is kept as it came, under the case it was fetched for. */
    private static List<Effect> sources(
            ReferralCase known, List<Fetched> prisoners, List<Fetched> adjudications, List<Fetched> notes) {
        return Stream.of(
                        stored(SourceKey.PRISONERS, known, prisoners),
                        stored(SourceKey.ADJUDICATIONS, known, adjudications),
                        stored(SourceKey.CASE_NOTES, known, notes))
                .flatMap(Collection::stream)
                .toList();
    }

    /** The package itself names the report and the answers: their versions are known. */
    private static List<Effect.SourceHash> readFrom(List<Effect> sources) {
        return sources.stream()
                .filter(Effect.StoreSource.class::isInstance)
                .map(Effect.StoreSource.class::cast)
                .map(source -> new Effect.SourceHash(source.key(), Sha256.of(source.raw())))
                .toList();
    }

    private static List<Effect> stored(String system, ReferralCase known, List<Fetched> pages) {
        List<Effect> effects = new ArrayList<>();
        for (int page = 0; page < pages.size(); page++) {
            Fetched fetched = pages.get(page);
            if (!fetched.gone()) {
                effects.add(new Effect.StoreSource(
                        new SourceKey(system, known.reference() + "/" + page),
                        fetched.raw(),
                        null,
                        null,
                        false,
                        fetched.at(),
                        fetched.from().toString(),
                        null,
                        null,
                        null));
                effects.add(new Effect.Log(new Evidence(
                        Evidence.Kind.COLLECTION,
                        known.reference(),
                        null,
                        "sallyport",
                        "for the referral package; sensitive case notes are not asked for",
                        null,
                        Sha256.of(fetched.raw()),
                        null,
                        null,
                        system)));
            }
        }
        return effects;
    }
}
