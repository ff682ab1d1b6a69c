package sallyport.routes.register;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import sallyport.connectors.wire.Fetched;
import sallyport.ledger.Claim;
import sallyport.ledger.Effect;
import sallyport.ledger.Effect.EstablishmentsListed;
import sallyport.ledger.Effect.EstablishmentsListed.Establishment;
import sallyport.ledger.Effects;
import sallyport.ledger.PollClaim;
import sallyport.ledger.SourceKey;
import sallyport.mappings.force.PrisonForce;
import sallyport.mappings.force.PrisonForces;
import sallyport.mappings.prisonregister.Prison;
import sallyport.mappings.prisonregister.RegisterDifferences;
import sallyport.mappings.prisonregister.RegisterDifferences.Difference;
import sallyport.mappings.prisonregister.RegisterDifferences.Kind;

/**
 * What follows from the register: it is kept as it came and as establishments, and each difference from the table of prisons and forces is
 * one work item for as long as it lasts. A register that has nobody in it changes nothing.
 */
@Component
final class Register {

    static final String SYSTEM = "prison-register";
    private static final String TASK = "REGISTER";

    private static final Logger LOG = LoggerFactory.getLogger(Register.class);

    Effects kept(@Body Fetched fetched, @ExchangeProperty(Claim.PROPERTY) PollClaim poll) {
        return kept(fetched, PrisonForces.all());
    }

    Effects kept(Fetched fetched, Collection<PrisonForce> table) {
        List<Prison> register = Prison.readAll(fetched.raw());
        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.StoreSource(
                new SourceKey(SYSTEM, "prisons"),
                fetched.raw(),
                null,
                null,
                false,
                fetched.at(),
                fetched.from().toString(),
                null,
                null,
                null));
        if (!register.isEmpty()) {
            effects.add(new EstablishmentsListed(
                    register.stream().map(Register::establishment).toList()));
            List<Difference> differences = RegisterDifferences.between(register, table);
            differences.forEach(difference -> effects.add(task(difference, table)));
            effects.add(new Effect.CloseTasks(
                    TASK, RegisterDifferences.mended(register, table, differences), "register and table fit together"));
            LOG.info("prison register: {} establishments, {} differences", register.size(), differences.size());
        } else {
            LOG.warn("prison register: it has nobody in it, nothing was changed");
        }
        effects.add(new Effect.AdvancePoll(fetched.at().toString(), Duration.ofDays(1)));
        return Effects.of(effects);
    }

    private static Effect task(Difference difference, Collection<PrisonForce> table) {
        String force = table.stream()
                .filter(row -> row.prisonId().equals(difference.prisonId()) && difference.kind() != Kind.NO_FORCE)
                .map(row -> row.force().value())
                .findFirst()
                .orElse(null);
        return new Effect.OpenTask(
                TASK, difference.subject(), null, difference.prisonId(), force, difference.detail(), null);
    }

    private static Establishment establishment(Prison prison) {
        return new Establishment(
                prison.prisonId(),
                prison.prisonName(),
                prison.active(),
                prison.contracted(),
                prison.types(),
                prison.operators(),
                prison.addresses().stream().map(Register::line).toList());
    }

    private static String line(Prison.Address address) {
        return Stream.of(
                        address.addressLine1(),
                        address.addressLine2(),
                        address.town(),
                        address.county(),
                        address.postcode())
                .filter(part -> part != null && !part.isBlank())
                .collect(Collectors.joining(", "));
    }
}
