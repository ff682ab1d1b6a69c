package sallyport.routes.reconciliation;

import static sallyport.ledger.SourceKey.INCIDENTS;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;
import sallyport.connectors.prison.incidentreporting.ListedReport;
import sallyport.connectors.prison.incidentreporting.Listing;
import sallyport.connectors.prison.incidentreporting.ReportsOf;
import sallyport.ledger.Claim;
import sallyport.ledger.Effect;
import sallyport.ledger.Effect.ListedRecord;
import sallyport.ledger.Effects;
import sallyport.ledger.PollClaim;
import sallyport.ledger.PollSources;
import sallyport.ledger.SourceKey;
import sallyport.ledger.Step;
import sallyport.ledger.WorkClaim;
import sallyport.mappings.Rejected;
import sallyport.mappings.force.PrisonForces;
import sallyport.mappings.time.LondonTime;
import sallyport.routes.DayListings;

/** Asks for each prison's own list of the past days, or of days that somebody asked for, and hands it to the ledger to be compared. */
@Component
final class PrisonReconciliation implements InitializingBean {

    static final String SYSTEM = "reconciliation-prison";

    private final PollSources polls;
    private final ReconciliationProperties properties;
    private final Clock clock;

    PrisonReconciliation(PollSources polls, ReconciliationProperties properties, Clock clock) {
        this.polls = polls;
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    public void afterPropertiesSet() {
        PrisonForces.reporting().forEach(prison -> polls.ensure(SYSTEM, prison));
    }

    ReportsOf question(@Body PollClaim poll) {
        LocalDate until = NextNight.today(clock.instant());
        return new ReportsOf(poll.stream(), from(poll.cursor(), until), until);
    }

    /** The usual days, and those that were missed since the last time. A clock that jumped back asks for the usual ones. */
    private LocalDate from(@Nullable String cursor, LocalDate until) {
        LocalDate usual = until.minusDays(properties.daysBack() - 1L);
        LocalDate last = cursor == null ? until : LocalDate.parse(cursor);
        return last.isBefore(usual) ? last : usual;
    }

    Effects compare(@Body Listing listing, @ExchangeProperty(Claim.PROPERTY) PollClaim poll) {
        Instant now = clock.instant();
        LocalDate until = NextNight.today(listing.askedAt());
        return Effects.of(
                listed(poll.stream(), from(poll.cursor(), until), until, listing),
                new Effect.AdvancePoll(until.toString(), NextNight.wait(properties, poll.stream(), now)));
    }

    ReportsOf questionOfDays(@Body String key) {
        DayListings days = DayListings.of(key);
        return new ReportsOf(days.prison(), days.from(), days.until(), days.reported());
    }

    Effects compareDays(@Body Listing listing, @ExchangeProperty(Claim.PROPERTY) WorkClaim work) {
        DayListings days = DayListings.of(work.key());
        if (days.reported()) {
            // Of no day of incidents the whole list: it says what there is, and not what there is not.
            return Effects.of(listing.reports().stream()
                    .map(report -> (Effect) new Effect.Noticed(
                            new SourceKey(INCIDENTS, report.id()), report.modifiedText(), Step.INCIDENT_FETCH))
                    .toList());
        }
        return Effects.of(listed(days.prison(), days.from(), days.until(), listing));
    }

    private Effect listed(String prison, LocalDate from, LocalDate until, Listing listing) {
        return new Effect.SourceListed(
                INCIDENTS,
                prison,
                from,
                until,
                records(listing.reports()),
                listing.askedAt(),
                properties.settled(),
                Step.INCIDENT_FETCH);
    }

    private static List<ListedRecord> records(List<ListedReport> reports) {
        var records = new ArrayList<ListedRecord>();
        for (ListedReport report : reports) {
            LocalDate day = day(report.incidentText());
            if (day != null) {
                records.add(new ListedRecord(
                        report.id(), day, report.modifiedText(), instant(report.modifiedText()), report.status()));
            }
        }
        return records;
    }

    private static @Nullable LocalDate day(String text) {
        try {
            return LocalDate.ofInstant(
                    LondonTime.parse(text, "/incidentDateAndTime").instant(), NextNight.LONDON);
        } catch (Rejected | DateTimeException unreadable) {
            // It belongs to no day that anybody could ask about; the sweep finds it, and triage names the field.
            return null;
        }
    }

    private static @Nullable Instant instant(String text) {
        try {
            return LondonTime.parse(text, "/modifiedAt").instant();
        } catch (Rejected unreadable) {
            return null;
        }
    }
}
