package sallyport.simulators.world;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;

/** Times as the prison side writes them: London wall clock without offset, 0 to 9 digits of fraction; events with offset. */
final class Times {

    static final ZoneId LONDON = ZoneId.of("Europe/London");

    private Times() {}

    static String local(Instant instant) {
        return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(
                instant.atZone(LONDON).toLocalDateTime());
    }

    static String minute(Instant instant) {
        return local(instant.truncatedTo(ChronoUnit.MINUTES));
    }

    static String offset(Instant instant) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(instant.atZone(LONDON));
    }

    static String date(Instant instant) {
        return instant.atZone(LONDON).toLocalDate().toString();
    }

    static Instant instant(String local) {
        return LocalDateTime.parse(local).atZone(LONDON).toInstant();
    }

    /** Half past one on the last night that had it twice. */
    static String repeatedHour(Instant before) {
        Instant at = before;
        while (true) {
            ZoneOffsetTransition change = LONDON.getRules().previousTransition(at);
            if (change.isOverlap()) {
                return change.getDateTimeAfter().plusMinutes(30) + ":00";
            }
            at = change.getInstant();
        }
    }
}
