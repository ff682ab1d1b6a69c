package sallyport.ledger.engine;

import static sallyport.ledger.engine.Database.with;

import java.util.HashMap;
import java.util.Map;
import sallyport.ledger.RouteStates;

/** What operators want of each route, in PostgreSQL. */
final class LedgerRouteStates implements RouteStates {

    private static final String WANT =
            """
            INSERT INTO route_state (route_id, wanted, actor, reason) VALUES (:route, :wanted, :actor, :reason)
            ON CONFLICT (route_id) DO UPDATE
              SET wanted = EXCLUDED.wanted, actor = EXCLUDED.actor, reason = EXCLUDED.reason, at = now()
            """;

    private final Database database;

    LedgerRouteStates(LedgerNode node) {
        database = node.database();
    }

    @Override
    public Map<String, Wanted> wanted() {
        var wanted = new HashMap<String, Wanted>();
        database.sql().query("SELECT route_id, wanted, actor, reason, at FROM route_state", Map.of(), row -> {
            wanted.put(
                    row.getString("route_id"),
                    new Wanted(
                            row.getString("wanted").equals("RUNNING"),
                            row.getString("actor"),
                            row.getString("reason"),
                            CaseRows.known(row, "at")));
        });
        return Map.copyOf(wanted);
    }

    @Override
    public void want(String routeId, boolean running, String actor, String reason) {
        database.sql()
                .update(
                        WANT,
                        with("route", routeId)
                                .addValue("wanted", running ? "RUNNING" : "SUSPENDED")
                                .addValue("actor", actor)
                                .addValue("reason", reason));
    }
}
