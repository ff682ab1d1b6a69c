package sallyport.routes.failure;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import sallyport.ledger.Failure;

/**
 * One breaker for each channel of each destination. An open one stops claiming, so that what waits keeps its place on the ladder;
 * after a pause a few probes find out whether the partner is back.
 */
@Component
class LaneBreakers {

    private static final Logger LOG = LoggerFactory.getLogger(LaneBreakers.class);

    private final CircuitBreakerConfig config;
    private final int probes;
    private final MeterRegistry meters;
    private final Map<String, CircuitBreaker> breakers = new ConcurrentHashMap<>();

    LaneBreakers(LaneProperties properties, MeterRegistry meters) {
        LaneProperties.Breaker breaker = properties.breaker();
        this.probes = breaker.probes();
        this.meters = meters;
        this.config = CircuitBreakerConfig.custom()
                .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(breaker.window())
                .minimumNumberOfCalls(breaker.minimum())
                .failureRateThreshold(breaker.failureRate())
                .waitDurationInOpenState(breaker.pause())
                .permittedNumberOfCallsInHalfOpenState(probes)
                // Nobody asks an open breaker for permission here: it has to open by itself.
                .automaticTransitionFromOpenToHalfOpenEnabled(true)
                .build();
    }

    /** How many may be under way by this channel; 0 while it is open. */
    int permits(String lane, String channel) {
        CircuitBreaker breaker = breakers.get(key(lane, channel));
        return breaker == null
                ? Integer.MAX_VALUE
                : switch (breaker.getState()) {
                    case OPEN, FORCED_OPEN -> 0;
                    case HALF_OPEN -> probes;
                    case CLOSED, DISABLED, METRICS_ONLY -> Integer.MAX_VALUE;
                };
    }

    /** What a partner refuses shows that it is there; what is our own fault says nothing about it. */
    void ended(String lane, String channel, @Nullable Failure failure) {
        CircuitBreaker breaker = breakers.computeIfAbsent(key(lane, channel), key -> breaker(key, lane, channel));
        if (failure == null || failure.kind() == Failure.Kind.REJECTED) {
            breaker.onSuccess(0, TimeUnit.NANOSECONDS);
        } else if (failure.kind() != Failure.Kind.DEFECT && !isOurs(failure)) {
            breaker.onError(0, TimeUnit.NANOSECONDS, new PartnerFailed(failure.code()));
        }
    }

    private static boolean isOurs(Failure failure) {
        return failure.code().equals(HubFailurePolicy.SUSPENDED)
                || failure.code().equals("lease-expired");
    }

    private CircuitBreaker breaker(String key, String lane, String channel) {
        CircuitBreaker breaker = CircuitBreaker.of(key, config);
        breaker.getEventPublisher()
                .onStateTransition(event -> LOG.warn(
                        "lane {} by {}: breaker {}",
                        lane,
                        channel,
                        switch (event.getStateTransition().getToState()) {
                            case OPEN -> "open, nothing is claimed for a while";
                            case HALF_OPEN -> "half open, probing";
                            default -> "closed";
                        }));
        Gauge.builder(
                        "sallyport.lane.breaker.open",
                        breaker,
                        each -> each.getState() == CircuitBreaker.State.OPEN ? 1 : 0)
                .description("1 while nothing is claimed for this channel of this lane")
                .tag("lane", lane)
                .tag("channel", channel)
                .register(meters);
        return breaker;
    }

    private static String key(String lane, String channel) {
        return lane + "/" + channel;
    }

    /** The breaker wants an exception; nobody ever sees this one. */
    private static final class PartnerFailed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        PartnerFailed(String code) {
            super(code, null, false, false);
        }
    }
}
