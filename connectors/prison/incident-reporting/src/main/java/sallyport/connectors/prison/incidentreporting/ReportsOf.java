package sallyport.connectors.prison.incidentreporting;

import java.time.LocalDate;

/**
 * Which incidents of one prison, by the day they happened or were reported.
 *
 * @param location prison id or escort region, 2 to 20 capital letters and digits
 * @param from first day by the prison's calendar; {@code until} is the last, both whole
 * @param reported whether the days are those of the reports
 */
public record ReportsOf(String location, LocalDate from, LocalDate until, boolean reported) {

    /** By the day they happened. */
    public ReportsOf(String location, LocalDate from, LocalDate until) {
        this(location, from, until, false);
    }
}
