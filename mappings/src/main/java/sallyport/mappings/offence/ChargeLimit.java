package sallyport.mappings.offence;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/**
 * The last day on which an offence may be charged, where the kind of offence sets one: a summary-only offence within six months from
 * when it was committed (Magistrates' Courts Act 1980 s127). The day itself does not count, and months are calendar months: what
 * happened on 31 August may be charged until the last of February. Longer terms of single Acts are not known here, so the day may be
 * too early and is never too late.
 */
public final class ChargeLimit {

    private static final int MONTHS = 6;
    private static final int LAST_YEAR = 9999;
    private static final ZoneId LONDON = ZoneId.of("Europe/London");

    private ChargeLimit() {}

    /**
     * @param committed when it happened; the day is London's
     * @return empty for what is triable on indictment
     */
    public static Optional<LocalDate> of(Offence offence, Instant committed) {
        if (offence.category() != Offence.Category.CS) {
            return Optional.empty();
        }
        return Optional.of(ofSummaryOnly(committed))
                // A day with five digits is none to those who read it.
                .filter(last -> last.getYear() <= LAST_YEAR);
    }

    /** The last day of an offence that only magistrates try. */
    public static LocalDate ofSummaryOnly(Instant committed) {
        return committed.atZone(LONDON).toLocalDate().plusMonths(MONTHS);
    }
}
