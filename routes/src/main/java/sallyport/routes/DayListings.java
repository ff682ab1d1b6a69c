package sallyport.routes;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import sallyport.ledger.Effect.RequestWork;
import sallyport.ledger.Step;

/**
 * Asks for prisons' own lists of incident reports by day. Each prison and stretch of days is work of its own, so
 * that a year of all prisons is read by many nodes, and what fails is tried again alone.
 *
 * @param prison id, or an escort region
 * @param from first day, by the prison's calendar; {@code until} is the last
 * @param reported whether the days are those of the reports, and else of the incidents
 */
public record DayListings(String prison, LocalDate from, LocalDate until, boolean reported) {

    private static final int STRETCH = 14;
    private static final String REPORTED = "reported";

    /**
     * By the day of the incident.
     *
     * @param quiet asked again within this time is asked once, but no longer than {@code atMost} after the first
     */
    public static List<RequestWork> of(
            Collection<String> prisons, LocalDate from, LocalDate until, Duration quiet, Duration atMost) {
        return of(prisons, from, until, false, quiet, atMost);
    }

    /** By the day of the report, for incidents of longer ago. */
    public static List<RequestWork> reported(
            Collection<String> prisons, LocalDate from, LocalDate until, Duration quiet, Duration atMost) {
        return of(prisons, from, until, true, quiet, atMost);
    }

    private static List<RequestWork> of(
            Collection<String> prisons,
            LocalDate from,
            LocalDate until,
            boolean reported,
            Duration quiet,
            Duration atMost) {
        var wanted = new ArrayList<RequestWork>();
        for (LocalDate first = from; !first.isAfter(until); first = first.plusDays(STRETCH)) {
            LocalDate end = first.plusDays(STRETCH - 1L);
            LocalDate last = end.isAfter(until) ? until : end;
            for (String prison : prisons) {
                wanted.add(new RequestWork(
                        Step.DAY_LISTING, new DayListings(prison, first, last, reported).key(), quiet, atMost));
            }
        }
        return wanted;
    }

    /** From the key of the work. */
    public static DayListings of(String key) {
        String[] parts = key.split("/");
        return new DayListings(
                parts[0],
                LocalDate.parse(parts[1]),
                LocalDate.parse(parts[2]),
                parts.length > 3 && parts[3].equals(REPORTED));
    }

    private String key() {
        return prison + "/" + from + "/" + until + (reported ? "/" + REPORTED : "");
    }
}
