package sallyport.routes;

import java.time.Clock;
import org.springframework.stereotype.Component;
import sallyport.connectors.wire.Outbound;
import sallyport.connectors.wire.Unavailable;
import sallyport.ledger.FaultPoint;
import sallyport.ledger.LaneClaim;
import sallyport.ledger.LaneFamily;

/** From a claimed lane item to what its connector is given. */
@Component
public final class Outgoing {

    private final Clock clock;

    Outgoing(Clock clock) {
        this.clock = clock;
    }

    /** Not a byte leaves on a lease that has run out: another node may have taken over. */
    public Outbound outbound(LaneClaim claim) {
        if (claim.lease().isOver(clock)) {
            throw new Unavailable("lease-expired", "the lease ran out before the send began", null, null);
        }
        if (claim.family() == LaneFamily.FORCE && !claim.asks()) {
            FaultPoint.LEASE_SEEN.reached();
        }
        return new Outbound(
                claim.destination(),
                claim.messageId(),
                claim.referralCase().reference(),
                claim.contentType(),
                claim.bytes());
    }
}
