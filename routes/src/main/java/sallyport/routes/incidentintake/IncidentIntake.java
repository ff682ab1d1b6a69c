package sallyport.routes.incidentintake;

import static sallyport.ledger.SourceKey.INCIDENTS;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;
import sallyport.connectors.prison.incidentreporting.Changes;
import sallyport.connectors.prison.incidentreporting.ChangesSince;
import sallyport.connectors.wire.Fetched;
import sallyport.ledger.Claim;
import sallyport.ledger.Effect;
import sallyport.ledger.Effects;
import sallyport.ledger.Evidence;
import sallyport.ledger.PollClaim;
import sallyport.ledger.PollSources;
import sallyport.ledger.ReportingPrisons;
import sallyport.ledger.SourceKey;
import sallyport.ledger.Step;
import sallyport.ledger.WorkClaim;
import sallyport.mappings.Rejected;
import sallyport.mappings.canonical.Sha256;
import sallyport.mappings.incident.IncidentReport;
import sallyport.mappings.time.LondonTime;
import sallyport.routes.DayListings;
import sallyport.routes.HubProperties;

/** Stores what the incident reporting service answers, readable or not, and asks for triage. */
@Component
final class IncidentIntake implements InitializingBean {

    private static final Logger LOG = LoggerFactory.getLogger(IncidentIntake.class);
    private static final ZoneId LONDON = ZoneId.of("Europe/London");

    /** A source that repeats itself makes each sweep incomplete; its lists are not read every five minutes for that. */
    private static final Duration LIST_QUIET = Duration.ofMinutes(10);

    private static final Duration LIST_AT_MOST = Duration.ofHours(1);

    private final PollSources polls;
    private final ReportingPrisons reporting;
    private final HubProperties properties;
    private final Clock clock;

    IncidentIntake(PollSources polls, ReportingPrisons reporting, HubProperties properties, Clock clock) {
        this.polls = polls;
        this.reporting = reporting;
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    public void afterPropertiesSet() {
        polls.ensure(INCIDENTS, "all");
    }

    Effects store(@Body Fetched fetched, @ExchangeProperty(Claim.PROPERTY) WorkClaim claim) {
        var key = new SourceKey(INCIDENTS, claim.key());
        if (fetched.gone()) {
            return Effects.of(new Effect.SourceGone(key, fetched.at(), Step.TRIAGE));
        }
        return Effects.of(stored(key, fetched), collected(key, fetched));
    }

    /** A report that cannot be read is stored all the same: triage parks it and names the field. */
    private static Effect stored(SourceKey key, Fetched fetched) {
        try {
            IncidentReport report = IncidentReport.read(fetched.raw());
            LondonTime modified = report.modifiedAt();
            return new Effect.StoreSource(
                    key,
                    fetched.raw(),
                    modified.text(),
                    modified.instant(),
                    modified.ambiguous(),
                    fetched.at(),
                    fetched.from().toString(),
                    report.location(),
                    report.incidentDateAndTime().instant(),
                    Step.TRIAGE,
                    report.status().name());
        } catch (Rejected unreadable) {
            return new Effect.StoreSource(
                    key,
                    fetched.raw(),
                    null,
                    null,
                    false,
                    fetched.at(),
                    fetched.from().toString(),
                    null,
                    null,
                    Step.TRIAGE);
        }
    }

    private static Effect collected(SourceKey key, Fetched fetched) {
        return new Effect.Log(new Evidence(
                Evidence.Kind.COLLECTION,
                null,
                null,
                "sallyport",
                "incident report changed at the source",
                null,
                Sha256.of(fetched.raw()),
                null,
                null,
                key.system() + "/" + key.recordId()));
    }

    /**
     * The mark is the time of the newest change seen, by the source's clock: this node's may be wrong, and a mark that is ahead of
     * the source would pass over reports for good.
     */
    ChangesSince since(@Body PollClaim poll) {
        return cursor(poll).question(properties.sweepOverlap());
    }

    private SweepCursor cursor(PollClaim poll) {
        String cursor = poll.cursor();
        return cursor == null ? SweepCursor.at(clock.instant().minus(properties.sweepFirst())) : SweepCursor.of(cursor);
    }

    Effects missed(@Body Changes changes, @ExchangeProperty(Claim.PROPERTY) PollClaim poll) {
        SweepCursor cursor = cursor(poll);
        List<Effect> effects = new ArrayList<>();
        changes.reports()
                .forEach(report -> effects.add(new Effect.Noticed(
                        new SourceKey(INCIDENTS, report.id()), report.modifiedText(), Step.INCIDENT_FETCH)));
        Instant newest = cursor.newest() == null ? changes.newest() : cursor.newest();
        if (changes.next() != null && newest != null) {
            LOG.info(
                    "more incident reports changed since {} than one look reads: it goes on at page {}",
                    cursor.mark(),
                    changes.next().page());
            effects.add(new Effect.AdvancePoll(
                    new SweepCursor(cursor.mark(), notAhead(newest), changes.next()).toString(), Duration.ZERO));
            return Effects.of(effects);
        }
        if (!changes.complete() && newest != null) {
            effects.addAll(lists(cursor.mark()));
        }
        effects.add(new Effect.AdvancePoll(mark(newest, poll.cursor(), cursor), properties.sweepEvery()));
        return Effects.of(effects);
    }

    /**
     * A source that repeats itself would never be met at the old mark. The prisons' own lists by day take its place, and are promised in the
     * transaction that moves the mark: by the day of the incident, and of incidents of longer ago by the day of the report.
     */
    private List<Effect.RequestWork> lists(Instant last) {
        LocalDate from = LocalDate.ofInstant(last.minus(properties.sweepBackfill()), LONDON);
        LocalDate until = LocalDate.ofInstant(clock.instant(), LONDON);
        LOG.warn(
                "the list of incident reports that changed since {} repeats itself: each prison's own lists from {} to {} are read instead",
                last,
                from,
                until);
        Set<String> prisons = reporting.now();
        List<Effect.RequestWork> wanted =
                new ArrayList<>(DayListings.of(prisons, from, until, LIST_QUIET, LIST_AT_MOST));
        wanted.addAll(DayListings.reported(
                prisons,
                LocalDate.ofInstant(last.minus(properties.sweepOverlap()), LONDON),
                until,
                LIST_QUIET,
                LIST_AT_MOST));
        return wanted;
    }

    private @Nullable String mark(@Nullable Instant newest, @Nullable String before, SweepCursor cursor) {
        if (newest == null) {
            return before;
        }
        Instant next = notAhead(newest);
        return before != null && cursor.mark().isAfter(next) ? cursor.mark().toString() : next.toString();
    }

    /** A report that claims to be changed in the future must not take the mark along. */
    private Instant notAhead(Instant newest) {
        Instant now = clock.instant();
        return newest.isAfter(now) ? now : newest;
    }
}
