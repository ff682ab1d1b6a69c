package sallyport.routes.delivery;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.springframework.stereotype.Component;
import sallyport.connectors.police.forces.Channel;
import sallyport.connectors.police.manifest.ManifestAsked;
import sallyport.connectors.wire.Accepted;
import sallyport.ledger.CaseState;
import sallyport.ledger.Claim;
import sallyport.ledger.Effect;
import sallyport.ledger.Effects;
import sallyport.ledger.LaneClaim;
import sallyport.ledger.Rung;
import sallyport.mappings.Rejected;
import sallyport.mappings.canonical.Sha256;
import sallyport.mappings.feed.CaseEvent;
import sallyport.routes.CaseLines;
import sallyport.routes.CaseSync;
import sallyport.routes.regionalfeed.Feeds;

/** From a claimed lane item to the bytes on the wire, and from the partner's word to receipts. */
@Component
final class Delivery {

    private final Feeds feeds;
    private final Clock clock;

    Delivery(Feeds feeds, Clock clock) {
        this.feeds = feeds;
        this.clock = clock;
    }

    /** A send had no answer, and the force says what it has. */
    boolean asks(Exchange exchange) {
        return exchange.getProperty(Claim.PROPERTY, LaneClaim.class).asks();
    }

    /** It has it: as if it had answered. It has nothing: the same bytes go out again. */
    Effects told(@Body ManifestAsked asked, @ExchangeProperty(Claim.PROPERTY) LaneClaim claim) {
        return asked.hasIt()
                .map(accepted -> accepted(accepted, claim))
                .orElseGet(() -> Effects.of(new Effect.NotArrived()));
    }

    boolean byIhub(Exchange exchange) {
        return channel(exchange).equals(Channel.IHUB.word());
    }

    boolean byCjse(Exchange exchange) {
        return channel(exchange).equals(Channel.CJSE.word());
    }

    private static String channel(Exchange exchange) {
        return exchange.getProperty(Claim.PROPERTY, LaneClaim.class).channel();
    }

    void noSuchChannel() {
        throw new Rejected("no-such-channel", "/channels");
    }

    Effects accepted(@Body Accepted accepted, @ExchangeProperty(Claim.PROPERTY) LaneClaim claim) {
        Instant now = clock.instant();
        byte[] evidence = Sha256.of(accepted.evidence());
        List<Effect> effects = new ArrayList<>();
        effects.add(receipt(claim, Rung.ACCEPTED, now, evidence, accepted.code()));
        if (accepted.delivered()) {
            effects.add(receipt(claim, Rung.DELIVERED, now, evidence, accepted.code()));
        }
        if (claim.again()) {
            CaseLines.moved(
                    claim.referralCase(),
                    "version " + claim.packageVersion() + " accepted again by " + claim.channel() + ", attempt "
                            + claim.attempt());
            return Effects.of(effects);
        }
        // iHub's 201 comes after the force has stored it; CJSE's acceptance waits for the force's own answer.
        if (accepted.delivered() || claim.channel().equals(Channel.IHUB.word())) {
            effects.add(new Effect.MoveState(claim.referralCase().id(), CaseState.IN_PROGRESS, CaseState.DELIVERED));
            effects.addAll(feeds.promises(claim.referralCase(), CaseEvent.Type.DELIVERED, version(claim), now));
        }
        effects.add(CaseSync.of(claim.referralCase().reference()));
        CaseLines.moved(
                claim.referralCase(),
                "version " + claim.packageVersion() + " accepted by " + claim.channel() + ", attempt "
                        + claim.attempt());
        return Effects.of(effects);
    }

    private static int version(LaneClaim claim) {
        return Objects.requireNonNull(claim.packageVersion(), "a force is only ever sent packages");
    }

    /** Its deadline is that of the clock that waited for it. */
    private static Effect receipt(LaneClaim claim, Rung rung, Instant at, byte[] evidence, String code) {
        return new Effect.AddReceipt(
                claim.referralCase().id(),
                claim.lane(),
                version(claim),
                rung,
                at,
                claim.lane(),
                null,
                evidence,
                "answer " + code);
    }
}
