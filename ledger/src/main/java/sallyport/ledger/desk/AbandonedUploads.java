package sallyport.ledger.desk;

import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import sallyport.ledger.Chore;

/** Clears away what is left of an upload whose node died; one that ends in any other way clears up after itself. */
final class AbandonedUploads implements Chore {

    private final JdbcClient jdbc;
    private final DocumentProperties properties;

    AbandonedUploads(DataSource dataSource, DocumentProperties properties) {
        this.jdbc = JdbcClient.create(dataSource);
        this.properties = properties;
    }

    @Override
    public String name() {
        return "abandoned uploads";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    /** Every node does: a row goes once, whoever is first. */
    @Override
    public void run() {
        jdbc.sql(
                        "DELETE FROM document WHERE state = 'RECEIVING' AND touched_at < now() - make_interval(secs => :seconds)")
                .param("seconds", properties.abandonedAfter().toSeconds())
                .update();
    }
}
