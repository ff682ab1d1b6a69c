package sallyport.mappings.prisoner;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.json.JsonFields;

/**
 * The booking under which a prisoner is or last was inside, out of {@code POST /prisoner-search/prisoner-numbers}.
 *
 * @param receptionDate the day in London on which it began
 */
public record CurrentBooking(String prisonerNumber, @Nullable String bookingId, @Nullable LocalDate receptionDate) {

    private static final ZoneId LONDON = ZoneId.of("Europe/London");

    public static List<CurrentBooking> readAll(byte[] raw) {
        return JsonFields.readAll(raw).stream()
                .map(person -> new CurrentBooking(
                        person.text("prisonerNumber"),
                        person.optionalText("bookingId"),
                        person.optionalDate("receptionDate")))
                .toList();
    }

    /**
     * What this says of another booking of the same number.
     *
     * @param ended when this one began, if that was after it; null when this one is it, or came before it
     */
    public record Other(@Nullable Instant ended) {}

    /** Empty when it cannot be said which of the two came first. */
    public Optional<Other> after(String booking, Instant started) {
        if (bookingId == null || bookingId.equals(booking)) {
            return Optional.of(new Other(null));
        }
        LocalDate startDay = LocalDate.ofInstant(started, LONDON);
        if (receptionDate == null || receptionDate.equals(startDay)) {
            return Optional.empty();
        }
        return Optional.of(new Other(
                receptionDate.isBefore(startDay)
                        ? null
                        : receptionDate.atStartOfDay(LONDON).toInstant()));
    }
}
