package sallyport.ledger.replay;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sallyport.ledger.LaneFamily;

/** Says what an effect of the past would be as bytes today. Supplied by the application; pure, asked for each item of a plan. */
@FunctionalInterface
public interface TodaysMapping {

    /**
     * Empty where it cannot be said.
     *
     * @throws RuntimeException when today's mapping refuses what it was made of
     */
    Optional<byte[]> render(Sent sent);

    /**
     * @param lane such as {@code force:46}
     * @param bytes as they were rendered then
     * @param canonical the package it carried, if it carried one
     * @param builtAt when that was built: the time in its message
     */
    record Sent(
            LaneFamily family,
            String lane,
            String kind,
            String messageId,
            String channel,
            String profile,
            byte[] bytes,
            byte @Nullable [] canonical,
            @Nullable Instant builtAt) {}
}
