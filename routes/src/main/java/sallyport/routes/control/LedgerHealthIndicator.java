package sallyport.routes.control;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;
import sallyport.ledger.engine.DurabilityCheck;

/** The hub is up when its ledger is there and would not forget; partners and suspended routes are no part of it. */
@Component("ledgerHealth")
final class LedgerHealthIndicator implements HealthIndicator {

    private final DurabilityCheck durability;

    LedgerHealthIndicator(DurabilityCheck durability) {
        this.durability = durability;
    }

    @Override
    public Health health() {
        return durability
                .problem()
                .map(problem -> Health.down().withDetail("problem", problem).build())
                .orElseGet(() -> Health.up().build());
    }
}
