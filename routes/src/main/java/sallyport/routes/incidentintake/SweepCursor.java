package sallyport.routes.incidentintake;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import sallyport.connectors.prison.incidentreporting.ChangesSince;

/**
 * Where the sweep is: the mark up to which everything was seen and, while a sweep back to it is under way, the newest change at which that
 * one began and where it goes on. Nothing else is kept, however much there is to read.
 *
 * @param mark by the source's clock
 * @param newest null between sweeps; the next mark
 */
record SweepCursor(Instant mark, @Nullable Instant newest, ChangesSince.@Nullable Place place) {

    static SweepCursor at(Instant mark) {
        return new SweepCursor(mark, null, null);
    }

    static SweepCursor of(String text) {
        String[] parts = text.split(" ");
        return parts.length < 4
                ? at(Instant.parse(parts[0]))
                : new SweepCursor(
                        Instant.parse(parts[0]),
                        Instant.parse(parts[1]),
                        new ChangesSince.Place(Integer.parseInt(parts[2]), Instant.parse(parts[3])));
    }

    ChangesSince question(Duration overlap) {
        return new ChangesSince(mark.minus(overlap), place);
    }

    @Override
    public String toString() {
        return place == null ? mark.toString() : mark + " " + newest + " " + place.page() + " " + place.reached();
    }
}
