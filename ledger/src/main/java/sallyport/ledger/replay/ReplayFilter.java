package sallyport.ledger.replay;

import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which lane items are to be sent again. At least one of lane, force, cause and time narrows it: "everything" is never meant.
 *
 * @param lane such as {@code force:46} or {@code feed:regional-north}
 * @param force receiving force of the case, two digits
 * @param cause the code with which they are parked or, for what was delivered since, an attempt failed
 * @param from delivered or parked at this time or later
 * @param to delivered or parked before this time
 * @param everywhere also what was promised together with them for the same case, to whatever destination
 */
public record ReplayFilter(
        @Nullable String lane,
        @Nullable String force,
        @Nullable String cause,
        @Nullable Instant from,
        @Nullable Instant to,
        Standing standing,
        boolean everywhere) {

    /** What has become of an item. What is on its way is never selected: it goes anyway. */
    public enum Standing {
        PARKED,
        DELIVERED,
        ANY
    }

    private static final Pattern LANE = Pattern.compile("[a-z]{1,20}(:[\\w.-]{1,80})?");
    private static final Pattern FORCE = Pattern.compile("[0-9]{2}");
    private static final Pattern CAUSE = Pattern.compile("[\\w./:-]{1,100}");

    /** @throws BadReplay when nothing narrows it, or something cannot be what it should be */
    public ReplayFilter {
        if (lane == null && force == null && cause == null && from == null && to == null) {
            throw new BadReplay("lane", "must be given, or a force, a cause or a time: everything is never sent again");
        }
        if (lane != null && !LANE.matcher(lane).matches()) {
            throw new BadReplay("lane", "must be the name of a lane, such as force:46");
        }
        if (force != null && !FORCE.matcher(force).matches()) {
            throw new BadReplay("force", "must be the two digits of a force");
        }
        if (cause != null && !CAUSE.matcher(cause).matches()) {
            throw new BadReplay("cause", "must be a code, such as connection-refused");
        }
        if (from != null && to != null && !from.isBefore(to)) {
            throw new BadReplay("to", "must be later than from");
        }
    }
}
