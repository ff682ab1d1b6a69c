package sallyport.ledger.engine;

import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;

/** Refuses a database that may forget what it has confirmed: the hub's health is not UP on one. */
public final class DurabilityCheck {

    private static final String SETTINGS =
            """
            SELECT current_setting('fsync') AS fsync, current_setting('full_page_writes') AS full_page_writes,
                   current_setting('synchronous_commit') AS synchronous_commit, pg_is_in_recovery() AS standby
            """;

    private final Database database;

    public DurabilityCheck(DataSource dataSource) {
        database = new Database(dataSource);
    }

    /** One short line that says what is wrong; empty when what is committed stays committed. */
    public Optional<String> problem() {
        try {
            return database.sql()
                    .query(SETTINGS, Map.of(), (row, n) -> {
                        if (row.getBoolean("standby")) {
                            return Optional.of("the database is a standby");
                        }
                        for (String setting : new String[] {"fsync", "full_page_writes", "synchronous_commit"}) {
                            if (row.getString(setting).equals("off")) {
                                return Optional.of("the database runs with " + setting + " off");
                            }
                        }
                        return Optional.<String>empty();
                    })
                    .get(0);
        } catch (DataAccessException e) {
            return Optional.of("the database does not answer");
        }
    }
}
