package sallyport.routes.reconciliation;

import static sallyport.ledger.SourceKey.INCIDENTS;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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
import sallyport.ledger.Step;
import sallyport.mappings.Rejected;
import sallyport.mappings.force.PrisonForce;
import sallyport.mappings.force.PrisonForces;
import sallyport.mappings.time.LondonTime;

/** Asks for each prison's own list of the past days, and hands it to the ledger to be compared. */
@Component
final class PrisonReconciliation implements InitializingBean {

    static final String SYSTEM = "reconciliation-prison";

    /** Escorts are listed under their regions. */
    private static final Set<String> REGIONS = Set.of("NORTH", "SOUTH");

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
        var prisons = new TreeSet<>(REGIONS);
        PrisonForces.all().stream().map(PrisonForce::prisonId).forEach(prisons::add);
        prisons.forEach(prison -> polls.ensure(SYSTEM, prison));
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
                new Effect.SourceListed(
                        INCIDENTS,
                        poll.stream(),
                        from(poll.cursor(), until),
                        until,
                        records(listing.reports()),
                        listing.askedAt(),
                        properties.settled(),
                        Step.INCIDENT_FETCH),
                new Effect.AdvancePoll(until.toString(), NextNight.wait(properties, poll.stream(), now)));
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
