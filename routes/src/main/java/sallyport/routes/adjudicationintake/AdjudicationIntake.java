package sallyport.routes.adjudicationintake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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
import sallyport.mappings.adjudication.Charges;
import sallyport.mappings.canonical.Sha256;
import sallyport.routes.HubProperties;

/** Takes in a prisoner's adjudications: part of the packages of open cases, and each police referral among them a matter of its own. */
@Component
final class AdjudicationIntake {

    static final String PERSON = "sallyport.person";

    private static final String UNREADABLE = "unreadable/";

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
        Charges charges = Charges.read(fetched.raw());
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
        effects.addAll(unreadable(charges, fetched, person));
        return Effects.of(effects);
    }

    /** Each charge that is referred to the police, or was when last read, becomes a record of its own: its own work matches it. */
    private static List<Effect> referred(Charges charges, Fetched fetched, PersonWork person) {
        List<Effect> effects = new ArrayList<>();
        for (Charges.Readable each : charges.readable()) {
            Adjudication charge = each.charge();
            if (charge.referredToPolice() || person.charges().contains(charge.chargeNumber())) {
                effects.addAll(record(each, fetched, person.prisonerNumber()));
            }
        }
        return effects;
    }

    /** One that cannot be read is in what was stored, as it came, and holds back no other: somebody is told which and why. */
    private List<Effect> unreadable(Charges charges, Fetched fetched, PersonWork person) {
        List<Effect> effects = new ArrayList<>();
        for (Charges.Unreadable each : charges.unreadable()) {
            String number = each.chargeNumber() == null ? "without a number" : each.chargeNumber();
            boolean urgent = each.referredToPolice() || person.charges().contains(number);
            effects.add(new Effect.OpenTask(
                    ChargeMatching.TASK,
                    UNREADABLE
                            + (each.chargeNumber() == null ? HexFormat.of().formatHex(Sha256.of(each.raw())) : number),
                    null,
                    each.prison(),
                    null,
                    "Charge " + number + " could not be read (" + each.code() + " at " + each.where() + ")"
                            + (urgent
                                    ? "; it is referred to the police, and the hub can make no case of it. Open or amend the case by hand"
                                            + " with the prison"
                                    : "; it is left out of packages, which say so")
                            + ", and have the prison correct it or the hub's tables brought up to date.",
                    urgent ? fetched.at().plus(properties.decideWithin()) : null));
        }
        Set<String> read = charges.readable().stream()
                .map(each -> UNREADABLE + each.charge().chargeNumber())
                .collect(Collectors.toSet());
        effects.add(new Effect.CloseTasks(ChargeMatching.TASK, read, "the charge can be read"));
        return effects;
    }

    /** One charge as it came, and whether it is referred to the police now. */
    static List<Effect> record(Charges.Readable readable, Fetched fetched, String prisonerNumber) {
        Adjudication charge = readable.charge();
        SourceKey key = new SourceKey(SourceKey.CHARGES, charge.chargeNumber());
        Instant occurred = charge.incidentDetails().dateTimeOfIncident().instant();
        return List.of(
                new Effect.StoreSource(
                        key,
                        readable.raw(),
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
