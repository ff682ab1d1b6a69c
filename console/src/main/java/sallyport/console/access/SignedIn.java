package sallyport.console.access;

import java.io.Serial;
import java.io.Serializable;
import java.security.Principal;
import sallyport.ledger.desk.Role;
import sallyport.ledger.desk.Scope;
import sallyport.ledger.desk.User;

/**
 * Whoever makes the request, as the ledger knows them now.
 *
 * @param stamp changes with the password: an older session ends
 */
public record SignedIn(String username, Role role, Scope scope, boolean mustChange, int stamp)
        implements Principal, Serializable {

    @Serial
    private static final long serialVersionUID = 1;

    static SignedIn of(User user) {
        return new SignedIn(
                user.username(),
                user.role(),
                user.scope(),
                user.mustChange(),
                user.passwordHash().hashCode());
    }

    @Override
    public String getName() {
        return username;
    }

    /** Approve, keep internal, confirm. */
    public boolean decides() {
        return role == Role.COORDINATOR || role == Role.ADMIN;
    }

    /** Routes, release. */
    public boolean operates() {
        return role == Role.OPERATOR || role == Role.ADMIN;
    }

    /** Work items. */
    public boolean answers() {
        return role != Role.VIEWER;
    }

    public boolean administers() {
        return role == Role.ADMIN;
    }
}
