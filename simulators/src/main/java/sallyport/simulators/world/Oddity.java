package sallyport.simulators.world;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What goes wrong, or merely differently, with an incident. The overriding expectation is given where there is one. */
public enum Oddity {
    NONE(null),
    AMENDED(null),
    DUPLICATED_EVENTS(null),
    REORDERED_EVENTS(null),
    /** No event is ever sent: only a sweep finds it. */
    LOST_EVENTS(null),
    /** Marked a duplicate long after it was delivered. */
    LATE_DUPLICATE(null),
    /** A change of type empties people and answers, long after it was delivered. */
    TYPE_CHANGED(null),
    /** The description changes and changes back. */
    TEXT_GOES_BACK(null),
    NUL_IN_TEXT(null),
    MERGED_PRISONER(null),
    /** Happened in the hour that October has twice. */
    REPEATED_HOUR(null),
    ADDENDUM(null),
    REOPENED(null),
    UNKNOWN_PRISONER(Expected.UNKNOWN_PRISONER),
    MISSING_LOCATION(Expected.BAD_INPUT),
    UNKNOWN_ROLE(Expected.BAD_INPUT),
    UNKNOWN_TYPE(Expected.BAD_INPUT),
    WRONG_SHAPE(Expected.BAD_INPUT),
    ON_ESCORT(Expected.ESCORT),
    BOUNDARY_PRISON(Expected.FORCE_UNCONFIRMED),
    CLOSED_PRISON(Expected.PRISON_WITHOUT_FORCE),
    LEFT_IN_DRAFT(Expected.WATCHED),
    NOT_REPORTABLE(Expected.WITHDRAWN),
    DELETED(Expected.WITHDRAWN),
    /** Its charge is with the police long before the report is handed in. */
    REFERRED_FIRST(null),
    /** Its charge is with the police, and the report is never handed in. */
    REFERRED_ONLY(Expected.WATCHED),
    /** The booking in which it happened turns out to be another person's, long after it was delivered. */
    MOVED_BOOKING(null);

    boolean referred() {
        return this == REFERRED_FIRST || this == REFERRED_ONLY;
    }

    private final @Nullable Expected expected;

    Oddity(@Nullable Expected expected) {
        this.expected = expected;
    }

    Expected expected(Expected otherwise) {
        return expected == null ? otherwise : expected;
    }

    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
