package sallyport.ledger.engine;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import javax.sql.DataSource;
import sallyport.ground.TestPostgres;

/** What the tests of other packages need of the machinery: a migrated database, turns, tasks, a chain. */
public final class Turns {

    private Turns() {}

    public static HikariDataSource database() {
        var config = new HikariDataSource();
        config.setJdbcUrl(TestPostgres.shared().createDatabase());
        config.setMaximumPoolSize(16);
        LedgerPool.configure(config);
        LedgerSchema.of(config).migrate();
        return config;
    }

    public static Duties duties(DataSource dataSource, String node) {
        return new Duties(new Database(dataSource), node);
    }

    public static Tasks tasks(DataSource dataSource) {
        return new Tasks(new Database(dataSource));
    }

    /** Chains what is there. */
    public static int chain(DataSource dataSource) {
        var database = new Database(dataSource);
        return new ChainWriter(database, new Duties(database, "chain"), new LedgerMetrics(new SimpleMeterRegistry()))
                .chain();
    }
}
