package sallyport.console.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Slows down guessing: after 5 wrong passwords of a user from an address, or 50 from an address, each further one doubles the
 * wait from 30 seconds to 15 minutes. Forgets after 15 quiet minutes and remembers at most 20,000 of each.
 */
final class LogInThrottle {

    private static final Duration FORGET = Duration.ofMinutes(15);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(30);
    private static final int FREE_PER_USER = 5;
    private static final int FREE_PER_ADDRESS = 50;

    private final Clock clock;
    private final Map<String, Failures> users = new Bounded();
    private final Map<String, Failures> addresses = new Bounded();

    LogInThrottle(Clock clock) {
        this.clock = clock;
    }

    private record Failures(int count, Instant last, Instant blockedUntil) {}

    /** How long this user must wait at this address; empty when not at all. */
    synchronized Optional<Duration> wait(String user, String address) {
        Instant now = clock.instant();
        Instant until = later(blocked(users.get(key(user, address))), blocked(addresses.get(address)));
        return until.isAfter(now) ? Optional.of(Duration.between(now, until)) : Optional.empty();
    }

    synchronized void failed(String user, String address) {
        count(users, key(user, address), FREE_PER_USER);
        count(addresses, address, FREE_PER_ADDRESS);
    }

    synchronized void succeeded(String user, String address) {
        users.remove(key(user, address));
    }

    private void count(Map<String, Failures> failures, String key, int free) {
        Instant now = clock.instant();
        Failures before = failures.get(key);
        int count = before == null || before.last().plus(FORGET).isBefore(now) ? 1 : before.count() + 1;
        Duration wait =
                count < free ? Duration.ZERO : min(FORGET, FIRST_WAIT.multipliedBy(1L << Math.min(10, count - free)));
        failures.put(key, new Failures(count, now, now.plus(wait)));
    }

    private static Instant blocked(@Nullable Failures failures) {
        return failures == null ? Instant.MIN : failures.blockedUntil();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static String key(String user, String address) {
        return user.substring(0, Math.min(64, user.length())) + '\n' + address;
    }

    private static final class Bounded extends LinkedHashMap<String, Failures> {

        private static final int MOST = 20_000;

        Bounded() {
            super(64, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
            return size() > MOST;
        }
    }
}
