package sallyport.routes.control;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import org.springframework.stereotype.Component;
import sallyport.connectors.wire.Health;

/**
 * One gauge per partner, 1 when its last call went well. A partner that is down does not make the hub unready: its effects wait in
 * their lanes, and the hub is what must stay up.
 */
@Component
final class PartnerGauges implements MeterBinder {

    private final List<Health> partners;

    PartnerGauges(List<Health> partners) {
        this.partners = partners;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (Health partner : partners) {
            Gauge.builder(
                            "sallyport.partner.up",
                            partner,
                            health -> health.problem().isEmpty() ? 1 : 0)
                    .description("1 when the last call to the partner went well")
                    .tag("partner", partner.name())
                    .register(registry);
        }
    }
}
