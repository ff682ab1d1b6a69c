package sallyport.routes.droppedfileintake;

import org.springframework.stereotype.Component;
import sallyport.connectors.filedrop.DropTurns;
import sallyport.ledger.Drops;

/** One node at a time looks after a feed, by the ledger's word. */
@Component
final class LedgerTurns implements DropTurns {

    private final Drops drops;

    LedgerTurns(Drops drops) {
        this.drops = drops;
    }

    @Override
    public boolean mine(String feed) {
        return drops.mine(feed);
    }

    @Override
    public void trouble(String feed, String what) {
        drops.trouble(feed, "Files that are dropped for " + feed + " are not taken in: " + what + ".");
    }

    @Override
    public void well(String feed) {
        drops.trouble(feed, null);
    }
}
