package sallyport.ledger;

import java.time.Instant;
import java.util.Map;

/** What operators want of each route; survives restarts and counts on every node (I8). */
public interface RouteStates {

    /** By route id; a route that is not in the map is wanted running. */
    Map<String, Wanted> wanted();

    void want(String routeId, boolean running, String actor, String reason);

    record Wanted(boolean running, String actor, String reason, Instant at) {}
}
