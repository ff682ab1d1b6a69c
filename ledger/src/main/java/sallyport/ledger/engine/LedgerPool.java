package sallyport.ledger.engine;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * How the pool's connections behave. The driver does not quote data in its exceptions: by default the message of a failed batch is
 * the statement with its values, and Spring and the pool log such messages by themselves. And no session outlives its node's
 * attention: a process that freezes in the middle of a transaction would else hold its locks for as long as it is frozen.
 */
final class LedgerPool implements BeanPostProcessor {

    /** Shorter than the shortest usual lease, so that locks are gone when others take over. */
    private static final String IDLE_IN_TRANSACTION = "SET idle_in_transaction_session_timeout = '15s'";

    /** Longer than any transaction may take: a server that went away without a word is noticed. */
    private static final String SOCKET_SECONDS = "40";

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof HikariDataSource pool && !pool.isRunning()) {
            configure(pool);
        }
        return bean;
    }

    /** Before the pool's first connection. */
    static void configure(HikariDataSource pool) {
        pool.addDataSourceProperty("logServerErrorDetail", "false");
        // A batch of inserts is one statement for the server, not a hundred.
        pool.addDataSourceProperty("reWriteBatchedInserts", "true");
        pool.addDataSourceProperty("socketTimeout", SOCKET_SECONDS);
        pool.addDataSourceProperty("tcpKeepAlive", "true");
        pool.setConnectionInitSql(IDLE_IN_TRANSACTION);
    }
}
