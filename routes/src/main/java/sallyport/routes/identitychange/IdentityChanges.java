package sallyport.routes.identitychange;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import sallyport.connectors.wire.Fetched;
import sallyport.ledger.Effect;
import sallyport.ledger.Effect.MoveBooking;
import sallyport.ledger.Effects;
import sallyport.mappings.event.IdentityChange;
import sallyport.mappings.prisoner.CurrentBooking;

/** Says what is re-keyed when a number changed: of a merge all, of a moved booking what happened in it, and nothing by a guess. */
@Component
final class IdentityChanges {

    static final String CHANGE = "sallyport.identity-change";

    /** Of whom it must be known which booking they are in now: only of who loses one, and only where it says when it began. */
    List<String> asked(@Body String key) {
        IdentityChange change = IdentityChange.of(key);
        return change.booking() == null || change.started() == null ? List.of() : List.of(change.from());
    }

    Effects rekey(@ExchangeProperty(CHANGE) String key, @Body List<Fetched> prisoners) {
        IdentityChange change = IdentityChange.of(key);
        String booking = change.booking();
        return Effects.of(
                booking == null
                        ? new Effect.MergeIdentity(change.to(), change.from(), change.at())
                        : new MoveBooking(
                                booking,
                                change.from(),
                                change.to(),
                                change.at(),
                                times(booking, change.from(), change.started(), prisoners)));
    }

    private static MoveBooking.@Nullable Times times(
            String booking, String from, @Nullable Instant started, List<Fetched> prisoners) {
        if (started == null) {
            return null;
        }
        return prisoners.stream()
                .map(page -> CurrentBooking.readAll(page.raw()))
                .flatMap(Collection::stream)
                .filter(current -> current.prisonerNumber().equals(from))
                .findFirst()
                // Whom the search does not know has no later booking.
                .map(current ->
                        current.after(booking, started).map(other -> new MoveBooking.Times(started, other.ended())))
                .orElseGet(() -> Optional.of(new MoveBooking.Times(started, null)))
                .orElse(null);
    }
}
