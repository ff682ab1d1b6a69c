package sallyport.mappings.referral;

import org.jspecify.annotations.Nullable;

/**
 * What CiPRA and the force expect in a package, and whether it is there.
 *
 * @param note one plain sentence for whoever has to find it
 */
public record Readiness(ReadinessItem item, State state, @Nullable String note) {

    public enum State {
        PRESENT,
        MISSING,
        NOT_APPLICABLE
    }
}
