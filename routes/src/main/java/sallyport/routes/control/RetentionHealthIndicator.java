package sallyport.routes.control;

import java.util.List;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;
import sallyport.ledger.desk.RetentionDesk;
import sallyport.ledger.desk.RetentionDesk.Policy;

/** Which policies are not kept or refused, as a detail: a restart erases nothing, so the hub is no less up for it. */
@Component("retentionHealth")
final class RetentionHealthIndicator implements HealthIndicator {

    private final RetentionDesk desk;

    RetentionHealthIndicator(RetentionDesk desk) {
        this.desk = desk;
    }

    @Override
    public Health health() {
        List<Policy> policies = desk.policies();
        Health.Builder health = Health.up();
        policies.stream()
                .filter(policy -> !policy.kept())
                .forEach(policy ->
                        health.withDetail(policy.kind() + " past policy for", policy.pastPolicySeconds() + " s"));
        policies.stream()
                .filter(policy -> policy.refused() != null)
                .forEach(policy -> health.withDetail(policy.kind() + " refused", String.valueOf(policy.refused())));
        return health.build();
    }
}
