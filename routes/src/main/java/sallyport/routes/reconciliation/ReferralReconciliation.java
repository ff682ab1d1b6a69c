package sallyport.routes.reconciliation;

import java.time.Clock;
import java.time.LocalDate;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;
import sallyport.connectors.prison.adjudications.Referrals;
import sallyport.connectors.prison.adjudications.ReferralsAt;
import sallyport.ledger.Claim;
import sallyport.ledger.Effect;
import sallyport.ledger.Effect.ReferralsListed.Listed;
import sallyport.ledger.Effects;
import sallyport.ledger.PollClaim;
import sallyport.ledger.PollSources;
import sallyport.mappings.force.PrisonForce;
import sallyport.mappings.force.PrisonForces;

/**
 * Asks each prison which charges it has with the police, for events that never came: a referral from before the hub, or one that was lost.
 * The service lists by the day of discovery, so a look goes back as far as a referral may come after it.
 */
@Component
final class ReferralReconciliation implements InitializingBean {

    static final String SYSTEM = "reconciliation-referrals";

    private final PollSources polls;
    private final ReconciliationProperties properties;
    private final Clock clock;

    ReferralReconciliation(PollSources polls, ReconciliationProperties properties, Clock clock) {
        this.polls = polls;
        this.properties = properties;
        this.clock = clock;
    }

    /** Escort regions have no caseload. */
    @Override
    public void afterPropertiesSet() {
        PrisonForces.all().stream().map(PrisonForce::prisonId).forEach(prison -> polls.ensure(SYSTEM, prison));
    }

    ReferralsAt question(@Body PollClaim poll) {
        LocalDate today = NextNight.today(clock.instant());
        return new ReferralsAt(poll.stream(), from(poll, today), today);
    }

    /** The usual days and those since the last look; the first look goes back further. A clock that jumped back asks for the usual ones. */
    private LocalDate from(PollClaim poll, LocalDate today) {
        String cursor = poll.cursor();
        if (cursor == null) {
            return today.minusDays(properties.referralsFirst());
        }
        LocalDate last = LocalDate.parse(cursor);
        return (last.isBefore(today) ? last : today).minusDays(properties.referralsBack());
    }

    Effects compare(@Body Referrals referrals, @ExchangeProperty(Claim.PROPERTY) PollClaim poll) {
        LocalDate today = NextNight.today(referrals.askedAt());
        return Effects.of(
                new Effect.ReferralsListed(
                        poll.stream(),
                        referrals.charges().stream()
                                .map(charge -> new Listed(charge.chargeNumber(), charge.prisonerNumber()))
                                .toList(),
                        // What happened on a day was discovered then or later, so the list would name it.
                        from(poll, today).atStartOfDay(NextNight.LONDON).toInstant(),
                        referrals.askedAt()),
                new Effect.AdvancePoll(today.toString(), NextNight.wait(properties, poll.stream(), clock.instant())));
    }
}
