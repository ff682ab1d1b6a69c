package sallyport.ledger.desk;

import static sallyport.ledger.desk.Columns.instant;
import static sallyport.ledger.desk.Columns.texts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Who may sign in. Every change is written down as a command with who and why. Password hashes are made elsewhere. */
public final class Users {

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    public Users(DataSource dataSource, PlatformTransactionManager transactions) {
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(transactions);
    }

    public Optional<User> find(String username) {
        return jdbc.sql("SELECT * FROM hub_user WHERE username = :username")
                .param("username", username)
                .query(Users::row)
                .optional();
    }

    /** By name. */
    public List<User> list() {
        return jdbc.sql("SELECT * FROM hub_user ORDER BY username")
                .query(Users::row)
                .list();
    }

    /**
     * Creates the first user, with every scope, if there is no user yet; of several nodes that start at once one does.
     *
     * @param beforeCommit runs when this call creates the user; if it throws nobody is created
     */
    public boolean createFirst(String username, String passwordHash, boolean mustChange, Runnable beforeCommit) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            jdbc.sql("LOCK TABLE hub_user IN SHARE ROW EXCLUSIVE MODE").update();
            boolean first = jdbc.sql("SELECT NOT EXISTS (SELECT FROM hub_user)")
                    .query(Boolean.class)
                    .single();
            if (!first) {
                return false;
            }
            insert(username, passwordHash, Role.ADMIN, Scope.everything(), mustChange, "first run");
            beforeCommit.run();
            return true;
        }));
    }

    /** False when the name is taken. The new user must change the password when first signing in. */
    public boolean create(String username, String passwordHash, Role role, Scope scope, String actor, String reason) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            boolean created = insert(username, passwordHash, role, scope, true, actor);
            if (created) {
                record("USER_CREATE", username, role.name(), actor, reason);
            }
            return created;
        }));
    }

    /** Replaces the hash; from now on it need not be changed. */
    public void changePassword(String username, String passwordHash, String actor) {
        transaction.executeWithoutResult(status -> {
            jdbc.sql("UPDATE hub_user SET password_hash = :hash, must_change = false WHERE username = :username")
                    .param("hash", passwordHash)
                    .param("username", username)
                    .update();
            record("USER_PASSWORD", username, null, actor, "changed their own password");
        });
    }

    /** What became of a change. */
    public enum Change {
        DONE,
        NOT_THERE,
        /** Nobody would be left to let others in. */
        LAST_ADMIN
    }

    public Change enable(String username, boolean enabled, String actor, String reason) {
        return Objects.requireNonNull(transaction.execute(status -> {
            jdbc.sql("LOCK TABLE hub_user IN SHARE ROW EXCLUSIVE MODE").update();
            Optional<User> user = find(username);
            if (user.isEmpty()) {
                return Change.NOT_THERE;
            }
            if (!enabled && user.get().role() == Role.ADMIN && otherAdmins(username) == 0) {
                return Change.LAST_ADMIN;
            }
            jdbc.sql("UPDATE hub_user SET enabled = :enabled WHERE username = :username")
                    .param("enabled", enabled)
                    .param("username", username)
                    .update();
            record(enabled ? "USER_ENABLE" : "USER_DISABLE", username, null, actor, reason);
            return Change.DONE;
        }));
    }

    private long otherAdmins(String username) {
        return jdbc.sql("SELECT count(*) FROM hub_user WHERE role = 'ADMIN' AND enabled AND username <> :username")
                .param("username", username)
                .query(Long.class)
                .single();
    }

    private boolean insert(
            String username, String passwordHash, Role role, Scope scope, boolean mustChange, String actor) {
        return jdbc.sql(
                                """
                                INSERT INTO hub_user (username, password_hash, role, prisons, forces, must_change, created_by)
                                VALUES (:username, :hash, :role, string_to_array(:prisons, ','),
                                        string_to_array(:forces, ','), :mustChange, :actor)
                                ON CONFLICT DO NOTHING
                                """)
                        .param("username", username)
                        .param("hash", passwordHash)
                        .param("role", role.name())
                        .param("prisons", String.join(",", scope.prisons()))
                        .param("forces", String.join(",", scope.forces()))
                        .param("mustChange", mustChange)
                        .param("actor", actor)
                        .update()
                == 1;
    }

    // Carried out already: no work is asked for.
    private void record(String kind, String username, @Nullable String argument, String actor, String why) {
        jdbc.sql(
                        """
                        INSERT INTO command (kind, target, argument, actor, reason, done_at, result)
                        VALUES (:kind, :target, :argument, :actor, :reason, now(), 'done')
                        """)
                .param("kind", kind)
                .param("target", username)
                .param("argument", argument)
                .param("actor", actor)
                .param("reason", why)
                .update();
    }

    private static User row(ResultSet rs, int n) throws SQLException {
        return new User(
                rs.getString("username"),
                rs.getString("password_hash"),
                Role.valueOf(rs.getString("role")),
                new Scope(Set.copyOf(texts(rs, "prisons")), Set.copyOf(texts(rs, "forces"))),
                rs.getBoolean("enabled"),
                rs.getBoolean("must_change"),
                instant(rs, "created_at"),
                rs.getString("created_by"));
    }
}
