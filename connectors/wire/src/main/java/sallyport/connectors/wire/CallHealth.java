package sallyport.connectors.wire;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Health as the last call saw it: no probe of its own, so it costs a partner nothing. A {@code Rejected} is an answer, so
 * it counts as being there.
 */
public class CallHealth implements Health {

    private final String name;
    private volatile @Nullable String problem;

    public CallHealth(String name) {
        this.name = name;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** Makes the call and remembers how it went. */
    public final <T> T observe(Supplier<T> call) {
        try {
            T result = call.get();
            problem = null;
            return result;
        } catch (Unavailable unavailable) {
            problem = "last call failed: " + unavailable.code();
            throw unavailable;
        } catch (Unknown unknown) {
            problem = "last call without an answer: " + unknown.code();
            throw unknown;
        } catch (RuntimeException answered) {
            problem = null;
            throw answered;
        }
    }
}
