package sallyport.ledger.desk;

import java.util.SortedSet;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import sallyport.ledger.ReportingPrisons;
import sallyport.mappings.force.PrisonForces;

/** Asks the ledger each time: a prison that has closed is read until its last case is closed too. */
final class OpenCasePrisons implements ReportingPrisons {

    private final JdbcClient jdbc;

    OpenCasePrisons(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    @Override
    public SortedSet<String> now() {
        SortedSet<String> prisons = new TreeSet<>(PrisonForces.reporting());
        prisons.addAll(jdbc.sql(
                        """
                        SELECT DISTINCT prison FROM referral_case
                         WHERE state NOT IN ('CLOSED', 'WITHDRAWN', 'KEPT_INTERNAL') AND erased_at IS NULL AND prison IS NOT NULL
                        """)
                .query(String.class)
                .list());
        return prisons;
    }
}
