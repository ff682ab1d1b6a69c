package sallyport.ledger.engine;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** The schema's migrations; the same for the hub and for tests. */
final class LedgerSchema {

    private LedgerSchema() {}

    static Flyway of(DataSource dataSource) {
        return Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db/migration")
                .cleanDisabled(true)
                .load();
    }
}
