package sallyport.ground;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class TestPostgresIT {
    @Test
    void givesEachCallerADatabaseOfItsOwn() throws SQLException {
        String one = TestPostgres.shared().createDatabase();
        String other = TestPostgres.shared().createDatabase();

        execute(one, "CREATE TABLE mine (id int)");

        assertThat(one).isNotEqualTo(other);
        assertThat(query(other, "SELECT to_regclass('mine')")).isNull();
    }

    @Test
    void isAsDurableAsTheGround() throws SQLException {
        String url = TestPostgres.shared().createDatabase();

        assertThat(query(url, "SHOW fsync")).isEqualTo("on");
        assertThat(query(url, "SHOW full_page_writes")).isEqualTo("on");
        assertThat(query(url, "SHOW synchronous_commit")).isEqualTo("on");
    }

    private static void execute(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }
}
