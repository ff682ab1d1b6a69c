package sallyport.connectors.wire;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Who asked to be left alone ({@code Retry-After} with 429 or 503), and until when. Each item of work obeys its own answer anyway; this
 * keeps all others from fetching a refusal of their own meanwhile.
 */
final class PartnerPauses {

    private static final Set<Integer> ASKING = Set.of(429, 503);

    private static volatile Duration longest = Duration.ofMinutes(5);

    /** By address; {@link System#nanoTime} when it is over. */
    private final Map<String, Long> until = new ConcurrentHashMap<>();

    /** For the whole process: a partner's word counts for no longer than this. */
    static void longest(Duration most) {
        longest = most;
    }

    /** @throws Unavailable while the partner wants to be left alone; nothing was sent */
    void check(String partner) {
        Long end = until.get(partner);
        if (end == null) {
            return;
        }
        long left = end - System.nanoTime();
        if (left <= 0) {
            until.remove(partner, end);
            return;
        }
        throw new Unavailable(
                "asked-to-wait",
                partner + ", it asked to be left alone for a while",
                // A whole second more rather than one call too early.
                Duration.ofNanos(left).plusSeconds(1).truncatedTo(ChronoUnit.SECONDS),
                null);
    }

    void heard(String partner, int status, HttpHeaders headers) {
        @Nullable Duration asked = ASKING.contains(status) ? HttpFaults.retryAfter(headers) : null;
        if (asked == null || asked.isZero()) {
            return;
        }
        Duration pause = asked.compareTo(longest) > 0 ? longest : asked;
        // The later word counts, be it shorter: the partner knows best.
        until.put(partner, System.nanoTime() + pause.toNanos());
    }
}
