package sallyport.console.access;

import java.time.Duration;
import org.springframework.security.core.AuthenticationException;

/** Too many wrong passwords: nothing was checked, come back later. */
final class TooManyFailures extends AuthenticationException {

    private final long seconds;

    TooManyFailures(Duration wait) {
        super("too many failed sign-ins");
        this.seconds = wait.toSeconds() + 1;
    }

    /** For {@code Retry-After}. */
    long seconds() {
        return seconds;
    }
}
