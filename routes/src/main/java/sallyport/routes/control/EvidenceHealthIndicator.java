package sallyport.routes.control;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;
import sallyport.ledger.EvidenceGate;

/**
 * Whether anything may leave, at {@code /actuator/health/evidence}. Its status SHUT has no place in the order of the whole: a hub
 * that was restarted for it, or taken out of service, could not even be given an operator's word.
 */
@Component("evidenceLogHealthIndicator")
final class EvidenceHealthIndicator implements HealthIndicator {

    private final EvidenceGate gate;

    EvidenceHealthIndicator(EvidenceGate gate) {
        this.gate = gate;
    }

    @Override
    public Health health() {
        return gate.standing().open()
                ? Health.up().build()
                : Health.status("SHUT").build();
    }
}
