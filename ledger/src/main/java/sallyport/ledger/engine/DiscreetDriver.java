package sallyport.ledger.engine;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Keeps the driver from quoting data in its exceptions: by default the message of a failed batch is the statement with its values,
 * and Spring and the pool log such messages by themselves. Constraint names and SQLSTATE stay.
 */
final class DiscreetDriver implements BeanPostProcessor {

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof HikariDataSource pool && !pool.isRunning()) {
            discreet(pool);
        }
        return bean;
    }

    /** Before the pool's first connection. */
    static void discreet(HikariDataSource pool) {
        pool.addDataSourceProperty("logServerErrorDetail", "false");
    }
}
