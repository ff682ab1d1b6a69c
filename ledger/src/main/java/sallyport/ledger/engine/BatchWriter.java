package sallyport.ledger.engine;

import static java.util.stream.Collectors.partitioningBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sallyport.ledger.Claim;
import sallyport.ledger.Effect;
import sallyport.ledger.Effect.AddReceipt;
import sallyport.ledger.Effect.AdvancePoll;
import sallyport.ledger.Effect.AskForAlerts;
import sallyport.ledger.Effect.AskForNotesAgain;
import sallyport.ledger.Effect.CancelUnsent;
import sallyport.ledger.Effect.ChangeCase;
import sallyport.ledger.Effect.ChargeMatched;
import sallyport.ledger.Effect.CloseTasks;
import sallyport.ledger.Effect.CombineCases;
import sallyport.ledger.Effect.DocumentScanned;
import sallyport.ledger.Effect.EstablishmentsListed;
import sallyport.ledger.Effect.FindSeries;
import sallyport.ledger.Effect.ForceListed;
import sallyport.ledger.Effect.IntelligenceNoticed;
import sallyport.ledger.Effect.Log;
import sallyport.ledger.Effect.MoveState;
import sallyport.ledger.Effect.NotArrived;
import sallyport.ledger.Effect.NotesFound;
import sallyport.ledger.Effect.OpenTask;
import sallyport.ledger.Effect.OpenedKnowing;
import sallyport.ledger.Effect.PhotoFound;
import sallyport.ledger.Effect.PrisonDocumentTaken;
import sallyport.ledger.Effect.PrisonDocumentsFound;
import sallyport.ledger.Effect.Promise;
import sallyport.ledger.Effect.ReferralsListed;
import sallyport.ledger.Effect.Release;
import sallyport.ledger.Effect.RequestWork;
import sallyport.ledger.Effect.SetAlerts;
import sallyport.ledger.Effect.SettleItem;
import sallyport.ledger.Effect.SourceListed;
import sallyport.ledger.Effect.Tally;
import sallyport.ledger.Effects;
import sallyport.ledger.FaultPoint;
import sallyport.ledger.LaneClaim;
import sallyport.ledger.PollClaim;
import sallyport.ledger.ReferralCase;
import sallyport.ledger.SourceKey;
import sallyport.ledger.WorkClaim;

/**
 * Writes a batch of finished items in the caller's transaction: first the guard (row locks, and the fences compared), then what
 * became of the claims, then all effects by type. Locks are taken in one order everywhere, work, lanes, polls, cases, records,
 * each by its key; what is left of deadlocks is repeated by {@link Committer}.
 */
final class BatchWriter {

    private static final Logger log = LoggerFactory.getLogger(BatchWriter.class);

    /** When a poll step does not say when to poll again. */
    private static final Duration POLL_AGAIN = Duration.ofMinutes(1);

    private final WorkRows work;
    private final LaneRows lanes;
    private final PollRows polls;
    private final FailedRuns failedRuns;
    private final SourceWriter sources;
    private final CaseWriter cases;
    private final PaperWriter paper;
    private final Promises promises;
    private final EvidenceWriter evidence;
    private final WorkRequests requests;
    private final Tasks tasks;
    private final ReceiptClocks clocks;
    private final SourceDays sourceDays;
    private final ManifestRows manifests;
    private final PrisonerAlertRows alerts;
    private final ReportRows reports;
    private final DocumentRows documents;
    private final IntelligenceRows intelligence;
    private final CaseNoteRows notes;
    private final PhotoRows photos;
    private final PrisonDocumentRows prisonDocuments;
    private final EstablishmentRows establishments;
    private final SeriesRows series;
    private final ChargeRows charges;
    private final CombinedCases combined;
    private final OpenedCases opened;
    private final IdentityRows identity;

    BatchWriter(
            WorkRows work,
            LaneRows lanes,
            PollRows polls,
            FailedRuns failedRuns,
            SourceWriter sources,
            CaseWriter cases,
            PaperWriter paper,
            Promises promises,
            EvidenceWriter evidence,
            WorkRequests requests,
            Tasks tasks,
            ReceiptClocks clocks,
            SourceDays sourceDays,
            ManifestRows manifests,
            PrisonerAlertRows alerts,
            ReportRows reports,
            DocumentRows documents,
            IntelligenceRows intelligence,
            CaseNoteRows notes,
            PhotoRows photos,
            PrisonDocumentRows prisonDocuments,
            EstablishmentRows establishments,
            SeriesRows series,
            ChargeRows charges,
            CombinedCases combined,
            OpenedCases opened,
            IdentityRows identity) {
        this.work = work;
        this.lanes = lanes;
        this.polls = polls;
        this.failedRuns = failedRuns;
        this.sources = sources;
        this.cases = cases;
        this.paper = paper;
        this.promises = promises;
        this.evidence = evidence;
        this.requests = requests;
        this.tasks = tasks;
        this.clocks = clocks;
        this.sourceDays = sourceDays;
        this.manifests = manifests;
        this.alerts = alerts;
        this.reports = reports;
        this.documents = documents;
        this.intelligence = intelligence;
        this.notes = notes;
        this.photos = photos;
        this.prisonDocuments = prisonDocuments;
        this.establishments = establishments;
        this.series = series;
        this.charges = charges;
        this.combined = combined;
        this.opened = opened;
        this.identity = identity;
    }

    /**
     * What a transaction did, if it commits.
     *
     * @param lost items whose fence somebody else has taken: nothing of them was written
     * @param stale items that run again because a case had changed since they read it
     * @param parked items that a person must see
     * @param workToDo whether there may be work to claim that was not there before
     * @param lanesMoved whether there may be effects to claim that were not there before
     */
    record Written(
            List<Finished> lost,
            List<Finished> stale,
            List<Finished> parked,
            List<Promise> promised,
            boolean workToDo,
            boolean lanesMoved) {}

    Written write(List<Finished> batch) {
        var held = new ArrayList<Finished>();
        var lost = new ArrayList<Finished>();
        identity.lock(batch.stream()
                .filter(Finished::succeeded)
                .flatMap(item -> item.what().all().stream())
                .toList());
        Map<Class<?>, Map<Long, Long>> fences = lock(batch);
        for (Finished item : batch) {
            Long fence = fences.getOrDefault(item.claim().getClass(), Map.of())
                    .get(item.claim().id());
            (fence != null && fence == item.claim().fence() ? held : lost).add(item);
        }
        var counts = new ArrayList<Finished>();
        var stale = new ArrayList<Finished>();
        var failed = held.stream().filter(item -> !item.succeeded()).toList();
        var effects = new EffectBatch();
        check(held.stream().filter(Finished::succeeded).toList(), effects, counts, stale);
        var parked = new ArrayList<Finished>(end(counts));
        FaultPoint.MID_BATCH.reached();
        giveBack(stale);
        parked.addAll(failedRuns.write(failed));
        boolean asked = carryOut(effects);
        FaultPoint.BATCH_WRITTEN.reached();
        boolean again = !stale.isEmpty() || !failed.isEmpty() || effects.has(Release.class);
        boolean ofLanes = held.stream().anyMatch(item -> item.claim() instanceof LaneClaim)
                || effects.has(Promise.class)
                || effects.has(SettleItem.class)
                || effects.has(CancelUnsent.class)
                || effects.has(CombineCases.class);
        return new Written(lost, stale, parked, effects.of(Promise.class), asked || again, ofLanes || again);
    }

    /**
     * Writes what nobody has claimed, in the caller's transaction; returns whether work was asked for. A case is changed only by who
     * has read it, and a poll moved only by who holds it.
     */
    boolean writeBeside(Effects what) {
        var effects = new EffectBatch();
        effects.add(what);
        if (effects.has(ChangeCase.class)
                || effects.has(MoveState.class)
                || effects.has(AdvancePoll.class)
                || effects.has(NotArrived.class)) {
            throw new IllegalStateException("only a claimed step can do that");
        }
        identity.lock(what.all());
        work.lock(List.of(), effects.of(RequestWork.class));
        lanes.lock(List.of(), effects.of(Promise.class));
        return carryOut(effects);
    }

    private Map<Class<?>, Map<Long, Long>> lock(List<Finished> batch) {
        var done = batch.stream().filter(Finished::succeeded).toList();
        return Map.of(
                WorkClaim.class, work.lock(claims(batch, WorkClaim.class), effects(done, RequestWork.class)),
                LaneClaim.class, lanes.lock(claims(batch, LaneClaim.class), effects(done, Promise.class)),
                PollClaim.class, polls.lock(claims(batch, PollClaim.class)));
    }

    /** Sorts out the items that decided on a case that has changed since: nothing of theirs is written, they run again. */
    private void check(List<Finished> done, EffectBatch effects, List<Finished> counts, List<Finished> stale) {
        var ids = new TreeSet<Long>();
        effects(done, ChangeCase.class)
                .forEach(change -> ids.add(change.referralCase().id()));
        effects(done, MoveState.class).forEach(move -> ids.add(move.caseId()));
        effects(done, CombineCases.class).forEach(both -> {
            ids.add(both.one().id());
            ids.add(both.other().id());
        });
        var openings = opened.lock(effects(done, OpenedKnowing.class));
        Map<Long, CaseWriter.Standing> standings = cases.lock(ids);
        Map<SourceKey, Long> versions = charges.lock(effects(done, ChargeMatched.class));
        for (Finished item : done) {
            Effects theirs = item.what();
            if (isStale(theirs, standings) || ChargeRows.isStale(theirs, versions) || openings.isStale(theirs)) {
                if (!(item.claim() instanceof LaneClaim lane)) {
                    stale.add(item);
                    continue;
                }
                // It has been sent: running it again would send it twice. Steps of lanes have MoveState for this
                // reason.
                log.error(
                        "lane {} message {} wanted to replace a case that has changed; the rest was written",
                        lane.lane(),
                        lane.messageId());
                theirs = without(ChangeCase.class, theirs);
            }
            counts.add(item);
            effects.add(theirs);
            progress(theirs, standings);
            ChargeRows.progress(theirs, versions);
            openings.progress(theirs);
        }
    }

    private static boolean isStale(Effects effects, Map<Long, CaseWriter.Standing> standings) {
        return effects.all().stream().anyMatch(effect -> {
            if (effect instanceof CombineCases both) {
                return isStale(both.one(), standings) || isStale(both.other(), standings);
            }
            return effect instanceof ChangeCase change && isStale(change.referralCase(), standings);
        });
    }

    private static boolean isStale(ReferralCase read, Map<Long, CaseWriter.Standing> standings) {
        CaseWriter.Standing standing = standings.get(read.id());
        return standing != null && standing.isStale(read);
    }

    private static void progress(Effects effects, Map<Long, CaseWriter.Standing> standings) {
        for (Effect effect : effects.all()) {
            if (effect instanceof ChangeCase change) {
                CaseWriter.Standing standing =
                        standings.get(change.referralCase().id());
                if (standing != null) {
                    standing.changed(change);
                }
            } else if (effect instanceof CombineCases both) {
                // What comes later in the batch was decided on two cases.
                for (ReferralCase each : List.of(both.one(), both.other())) {
                    CaseWriter.Standing standing = standings.get(each.id());
                    if (standing != null) {
                        standing.combined();
                    }
                }
            } else if (effect instanceof MoveState move) {
                CaseWriter.Standing standing = standings.get(move.caseId());
                if (standing != null) {
                    standing.moved(move);
                }
            }
        }
    }

    /** Returns what is parked although its run succeeded. */
    private List<Finished> end(List<Finished> items) {
        work.done(claims(items, WorkClaim.class));
        var byArrival = items.stream()
                .filter(item -> item.claim() instanceof LaneClaim)
                .collect(partitioningBy(
                        item -> effects(List.of(item), NotArrived.class).isEmpty()));
        lanes.accepted(claims(byArrival.get(true), LaneClaim.class));
        var parked = lanes.notArrived(claims(byArrival.get(false), LaneClaim.class)).entrySet().stream()
                .map(each -> Finished.failed(each.getKey(), each.getValue()))
                .toList();
        var advances = new ArrayList<PollRows.Advance>();
        for (Finished item : items) {
            var advance = effects(List.of(item), AdvancePoll.class).stream().reduce((first, last) -> last);
            if (item.claim() instanceof PollClaim poll) {
                advances.add(new PollRows.Advance(
                        poll,
                        advance.map(AdvancePoll::cursor).orElse(null),
                        advance.map(AdvancePoll::nextIn).orElse(POLL_AGAIN)));
            } else if (advance.isPresent()) {
                throw new IllegalStateException("only a poll can be advanced");
            }
        }
        polls.advance(advances);
        if (!advances.isEmpty()) {
            FaultPoint.CURSOR_ADVANCED.reached();
        }
        return parked;
    }

    private void giveBack(List<Finished> items) {
        work.giveBack(claims(items, WorkClaim.class));
        polls.giveBack(claims(items, PollClaim.class));
    }

    /** Returns whether work was asked for. */
    private boolean carryOut(EffectBatch effects) {
        var asked = new ArrayList<RequestWork>(effects.of(RequestWork.class));
        cases.open(effects);
        asked.addAll(sources.write(effects));
        alerts.set(effects.of(SetAlerts.class));
        asked.addAll(alerts.due(effects.of(AskForAlerts.class)));
        asked.addAll(sourceDays.write(effects.of(SourceListed.class)));
        asked.addAll(reports.write(effects));
        asked.addAll(intelligence.write(effects.of(IntelligenceNoticed.class)));
        charges.write(effects);
        evidence.aboutTo(effects);
        cases.write(effects);
        var renumbered = identity.write(effects);
        asked.addAll(renumbered.work());
        evidence.rekeyed(renumbered);
        asked.addAll(reports.concerned(effects));
        asked.addAll(charges.concerned(effects, renumbered.numbers()));
        asked.addAll(charges.listed(effects.of(ReferralsListed.class)));
        paper.write(effects);
        documents.scanned(effects.of(DocumentScanned.class));
        notes.found(effects.of(NotesFound.class));
        establishments.listed(effects.of(EstablishmentsListed.class));
        asked.addAll(photos.found(effects.of(PhotoFound.class)));
        asked.addAll(
                prisonDocuments.write(effects.of(PrisonDocumentsFound.class), effects.of(PrisonDocumentTaken.class)));
        asked.addAll(manifests.write(effects.of(ForceListed.class)));
        asked.addAll(notes.again(effects.of(AskForNotesAgain.class), renumbered.numbers()));
        series.find(effects.of(FindSeries.class));
        // Before anything is promised: what replaces the cancelled must not be cancelled with it.
        lanes.settle(effects.of(SettleItem.class));
        lanes.cancelUnsent(effects.of(CancelUnsent.class));
        asked.addAll(combined.write(effects.of(CombineCases.class)));
        promises.write(effects.of(Promise.class));
        // Before what is promised now begins to be waited for.
        clocks.came(effects.of(AddReceipt.class));
        clocks.ended(effects.of(ChangeCase.class));
        clocks.promised(effects.of(Promise.class));
        evidence.altered(effects);
        evidence.write(effects.of(Log.class));
        requests.ask(asked);
        release(effects.of(Release.class));
        tasks.open(effects.of(OpenTask.class));
        tasks.open(renumbered.tasks());
        tasks.close(effects.of(CloseTasks.class));
        paper.tally(effects.of(Tally.class));
        return !asked.isEmpty();
    }

    private void release(List<Release> releases) {
        var workIds = new TreeSet<Long>();
        var laneIds = new TreeSet<Long>();
        for (Release release : releases) {
            String what = release.what();
            if (what.matches("work/[0-9]{1,18}")) {
                workIds.add(Long.valueOf(what.substring("work/".length())));
            } else if (what.matches("lane/[0-9]{1,18}")) {
                laneIds.add(Long.valueOf(what.substring("lane/".length())));
            } else {
                throw new IllegalStateException("only work/<id> and lane/<id> can be released");
            }
        }
        work.release(workIds);
        lanes.release(laneIds);
    }

    private static Effects without(Class<? extends Effect> type, Effects effects) {
        return Effects.of(effects.all().stream()
                .filter(effect -> !type.isInstance(effect))
                .toList());
    }

    private static <E extends Effect> List<E> effects(Collection<Finished> done, Class<E> type) {
        return done.stream()
                .flatMap(item -> item.what().all().stream())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private static <C extends Claim> List<C> claims(Collection<Finished> items, Class<C> type) {
        return items.stream()
                .map(Finished::claim)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }
}
