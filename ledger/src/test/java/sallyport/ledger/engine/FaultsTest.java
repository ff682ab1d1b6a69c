package sallyport.ledger.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.CannotCreateTransactionException;

class FaultsTest {

    @ParameterizedTest
    @CsvSource({
        "40001, AGAIN",
        "40P01, AGAIN",
        "08006, LATER",
        "57P01, LATER",
        "53300, LATER",
        "57014, LATER",
        "25006, LATER",
        "25P03, LATER",
        "53100, LATER",
        "23505, ONE_OF_THEM",
        "22021, ONE_OF_THEM",
        "42P01, ONE_OF_THEM"
    })
    void readsTheMeaningFromTheState(String state, Faults.Meaning meaning) {
        assertThat(Faults.meaning(new DataIntegrityViolationException("x", new SQLException("y", state))))
                .isEqualTo(meaning);
    }

    @Test
    void looksThroughTheWrapperOfABatch() {
        var batch = new BatchUpdateException("batch", new int[0], new PSQLException("dup", PSQLState.UNIQUE_VIOLATION));

        assertThat(Faults.meaning(new RuntimeException(batch))).isEqualTo(Faults.Meaning.ONE_OF_THEM);
        assertThat(Faults.code(new RuntimeException(batch))).isEqualTo("constraint-violated");
    }

    @Test
    void takesAPoolWithoutConnectionsForADatabaseThatIsAway() {
        assertThat(Faults.meaning(
                        new CannotCreateTransactionException("no", new SQLTransientConnectionException("timed out"))))
                .isEqualTo(Faults.Meaning.LATER);
    }

    @Test
    void takesAFailedAssertionOfTheDriverForAConnectionThatIsGone() {
        assertThat(Faults.meaning(new AssertionError("should not throw"))).isEqualTo(Faults.Meaning.LATER);
    }

    @Test
    void neverTellsAMessageWhichMayQuoteTheData() {
        var failure = new IllegalStateException(
                "John Smith", new PSQLException("Key (name)=(Smith)", PSQLState.CHECK_VIOLATION));

        assertThat(Faults.inShort(failure)).isEqualTo("IllegalStateException < PSQLException 23514");
        assertThat(Faults.trace(failure)).contains("FaultsTest").doesNotContain("Smith");
        assertThat(Faults.detail(failure)).doesNotContain("Smith");
    }
}
