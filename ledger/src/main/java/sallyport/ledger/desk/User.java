package sallyport.ledger.desk;

import java.time.Instant;

/** Somebody who may sign in. Says nothing of the password's hash in its text. */
public record User(
        String username,
        String passwordHash,
        Role role,
        Scope scope,
        boolean enabled,
        boolean mustChange,
        Instant createdAt,
        String createdBy) {

    @Override
    public String toString() {
        return "User[" + username + ", " + role + "]";
    }
}
