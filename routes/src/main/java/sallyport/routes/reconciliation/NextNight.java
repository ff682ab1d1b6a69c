package sallyport.routes.reconciliation;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** The days and nights by which partners are reconciled: those of London. */
final class NextNight {

    static final ZoneId LONDON = ZoneId.of("Europe/London");

    private NextNight() {}

    static LocalDate today(Instant now) {
        return now.atZone(LONDON).toLocalDate();
    }

    /** Until this partner's next turn: each has its own moment of the hour, the same every night. */
    static Duration wait(ReconciliationProperties properties, String partner, Instant now) {
        if (properties.every().compareTo(Duration.ofDays(1)) < 0) {
            return properties.every();
        }
        long spread = Math.max(1, properties.over().toSeconds());
        long own = Math.floorMod((long) partner.hashCode() * 7919, spread);
        ZonedDateTime here = now.atZone(LONDON);
        ZonedDateTime turn =
                here.toLocalDate().atTime(properties.at()).atZone(LONDON).plusSeconds(own);
        ZonedDateTime next = turn.isAfter(here)
                ? turn
                : here.toLocalDate()
                        .plusDays(1)
                        .atTime(properties.at())
                        .atZone(LONDON)
                        .plusSeconds(own);
        return Duration.between(here, next);
    }
}
