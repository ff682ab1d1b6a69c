package sallyport.routes.adjudicationintake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.springframework.stereotype.Component;
import sallyport.connectors.wire.Fetched;
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
import sallyport.routes.HubProperties;

/** Takes in a prisoner's adjudications: part of the packages of open cases, and each police referral among them a matter of its own. */
@Component
final class AdjudicationIntake {

    static final String PERSON = "sallyport.person";

    private final HubProperties properties;

    AdjudicationIntake(HubProperties properties) {
        this.properties = properties;
    }

    String number(PersonWork person) {
        return person.prisonerNumber();
    }

    Effects keep(@Body Fetched fetched, @ExchangeProperty(PERSON) PersonWork person) {
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
        effects.addAll(referred(charges, fetched, person));
        return Effects.of(effects);
    }

    /** Each charge that is referred to the police, or was when last read, becomes a record of its own: its own work matches it. */
    private static List<Effect> referred(List<Adjudication> charges, Fetched fetched, PersonWork person) {
        List<byte[]> raw = Adjudication.split(fetched.raw());
        List<Effect> effects = new ArrayList<>();
        for (int i = 0; i < charges.size(); i++) {
            Adjudication charge = charges.get(i);
            if (charge.referredToPolice() || person.charges().contains(charge.chargeNumber())) {
                effects.addAll(record(charge, raw.get(i), fetched, person.prisonerNumber()));
            }
        }
        return effects;
    }

    /** One charge as it came, and whether it is referred to the police now. */
    static List<Effect> record(Adjudication charge, byte[] raw, Fetched fetched, String prisonerNumber) {
        SourceKey key = new SourceKey(SourceKey.CHARGES, charge.chargeNumber());
        Instant occurred = charge.incidentDetails().dateTimeOfIncident().instant();
        return List.of(
                new Effect.StoreSource(
                        key,
                        raw,
                        null,
                        null,
                        false,
                        fetched.at(),
                        fetched.from().toString(),
                        charge.originatingAgencyId(),
                        occurred,
                        Step.CHARGE_MATCH,
                        charge.status().name()),
                new Effect.ChargeReferred(
                        key,
                        prisonerNumber,
                        charge.originatingAgencyId(),
                        occurred,
                        charge.referredToPolice(),
                        fetched.at()));
    }
}
