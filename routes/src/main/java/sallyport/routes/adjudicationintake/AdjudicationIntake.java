package sallyport.routes.adjudicationintake;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.springframework.stereotype.Component;
import sallyport.connectors.wire.Fetched;
import sallyport.ledger.CaseState;
import sallyport.ledger.Effect;
import sallyport.ledger.Effect.RequestWork;
import sallyport.ledger.Effects;
import sallyport.ledger.Evidence;
import sallyport.ledger.PersonWork;
import sallyport.ledger.ReferralCase;
import sallyport.ledger.SourceKey;
import sallyport.ledger.Step;
import sallyport.mappings.adjudication.Adjudication;
import sallyport.mappings.canonical.Sha256;
import sallyport.routes.CaseLines;
import sallyport.routes.CaseSync;
import sallyport.routes.HubProperties;

/**
 * Matches a prisoner's adjudications to the open cases he or she is in. No shared key exists: same prisoner, same prison and nearly
 * the same time count as the same matter; anything further apart is left to a person.
 */
@Component
final class AdjudicationIntake {

    static final String PERSON = "sallyport.person";

    /** Charges and incident reports of one matter name the time to within minutes; an hour allows for rounding by hand. */
    private static final Duration SAME_MATTER = Duration.ofHours(1);

    private final HubProperties properties;
    private final Clock clock;

    AdjudicationIntake(HubProperties properties, Clock clock) {
        this.properties = properties;
        this.clock = clock;
    }

    String number(PersonWork person) {
        return person.prisonerNumber();
    }

    Effects match(@Body Fetched fetched, @ExchangeProperty(PERSON) PersonWork person) {
        if (fetched.gone()) {
            return Effects.none();
        }
        List<Adjudication> charges = Adjudication.readAll(fetched.raw());
        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.StoreSource(
                new SourceKey(SourceKey.ADJUDICATIONS, person.prisonerNumber()),
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
                null,
                person.prisonerNumber(),
                "sallyport",
                "adjudication changed at the source",
                null,
                Sha256.of(fetched.raw()),
                null,
                null,
                SourceKey.ADJUDICATIONS)));
        for (ReferralCase known : person.cases()) {
            if (known.approved()) {
                effects.add(new RequestWork(
                        Step.ASSEMBLY, known.reference(), properties.supplementQuiet(), properties.supplementAtMost()));
            }
        }
        effects.addAll(decidedByPrison(charges, person));
        return Effects.of(effects);
    }

    /** Only where one charge fits one waiting case and nothing else is left to guess. */
    private List<Effect> decidedByPrison(List<Adjudication> charges, PersonWork person) {
        List<ReferralCase> fitting = person.cases().stream()
                .filter(known -> known.state() == CaseState.AWAITING_DECISION)
                .filter(known -> !known.verdict().equals("NEEDS_REVIEW"))
                .filter(known -> referredToPolice(charges, known).isPresent())
                .toList();
        if (fitting.size() != 1) {
            return List.of();
        }
        return approved(
                fitting.get(0), referredToPolice(charges, fitting.get(0)).orElseThrow());
    }

    private static Optional<Adjudication> referredToPolice(List<Adjudication> charges, ReferralCase known) {
        return charges.stream()
                .filter(Adjudication::referredToPolice)
                .filter(charge -> sameMatter(charge, known))
                .findFirst();
    }

    private static boolean sameMatter(Adjudication charge, ReferralCase known) {
        Instant at = known.occurredAt();
        return at != null
                && charge.originatingAgencyId().equals(known.prison())
                && Duration.between(
                                        at,
                                        charge.incidentDetails()
                                                .dateTimeOfIncident()
                                                .instant())
                                .abs()
                                .compareTo(SAME_MATTER)
                        <= 0;
    }

    private List<Effect> approved(ReferralCase known, Adjudication charge) {
        String reason = "adjudication " + charge.chargeNumber() + " is referred to the police";
        ReferralCase approved = known.approvedBy("prison", reason, clock.instant());
        CaseLines.moved(approved, "approved: " + reason);
        return List.of(
                new Effect.ChangeCase(approved),
                new Effect.Decide(
                        known.id(), null, null, "APPROVAL", known.verdict(), null, null, "{}", "prison", reason),
                RequestWork.now(Step.ASSEMBLY, known.reference()),
                CaseSync.of(known.reference()));
    }
}
