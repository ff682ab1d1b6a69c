package sallyport.console.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import sallyport.ledger.desk.User;
import sallyport.ledger.desk.Users;

/** Makes, checks and changes passwords; what is kept is a bcrypt hash. */
public final class Passwords {

    private static final int LEAST = 12;
    private static final int GENERATED = 24;
    // Letters and digits that nobody takes for one another: 24 of these 56 are 139 bits.
    private static final String ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789";

    private final Users users;
    private final PasswordEncoder encoder;
    private final HubUsers hubUsers;
    private final LogInThrottle throttle;
    private final FirstRun firstRun;

    Passwords(Users users, PasswordEncoder encoder, HubUsers hubUsers, LogInThrottle throttle, FirstRun firstRun) {
        this.users = users;
        this.encoder = encoder;
        this.hubUsers = hubUsers;
        this.throttle = throttle;
        this.firstRun = firstRun;
    }

    /** What is wrong with a change, at which field. */
    public record Wrong(String field, String why) {}

    /** A password nobody has used. */
    public static String generate() {
        return new SecureRandom()
                .ints(GENERATED, 0, ALPHABET.length())
                .collect(StringBuilder::new, (word, n) -> word.append(ALPHABET.charAt(n)), StringBuilder::append)
                .toString();
    }

    public String hash(String password) {
        return encoder.encode(password);
    }

    /** Changes the password of whoever is signed in; this session goes on, every other session of the user ends. */
    public Optional<Wrong> change(
            SignedIn me,
            String current,
            String next,
            String again,
            HttpServletRequest request,
            HttpServletResponse response) {
        String address = request.getRemoteAddr();
        if (throttle.wait(me.username(), address).isPresent()) {
            return Optional.of(new Wrong("current", "Too many failed attempts. Wait a few minutes and try again"));
        }
        User user = users.find(me.username()).orElseThrow();
        if (!hubUsers.matches(current, user.passwordHash())) {
            throttle.failed(me.username(), address);
            return Optional.of(new Wrong("current", "Current password is wrong"));
        }
        Optional<Wrong> wrong = check(me.username(), current, next, again);
        if (wrong.isPresent()) {
            return wrong;
        }
        users.changePassword(me.username(), hash(next), me.username());
        if (me.username().equals(FirstRun.ADMIN)) {
            firstRun.forget();
        }
        goOn(me.username(), request, response);
        return Optional.empty();
    }

    static Optional<Wrong> check(String username, String current, String next, String again) {
        if (next.length() < LEAST) {
            return Optional.of(new Wrong("next", "New password must be " + LEAST + " characters or more"));
        }
        if (next.getBytes(StandardCharsets.UTF_8).length > HubUsers.MOST_BYTES) {
            return Optional.of(
                    new Wrong("next", "New password must be " + HubUsers.MOST_BYTES + " characters or fewer"));
        }
        if (next.equals(current)
                || next.contains(username)
                || next.chars().distinct().count() < 5) {
            return Optional.of(new Wrong("next", "New password is too easy to guess"));
        }
        if (!next.equals(again)) {
            return Optional.of(new Wrong("again", "The two new passwords are not the same"));
        }
        return Optional.empty();
    }

    private void goOn(String username, HttpServletRequest request, HttpServletResponse response) {
        request.changeSessionId();
        var context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(HubUsers.token(users.find(username).orElseThrow()));
        SecurityContextHolder.setContext(context);
        new HttpSessionSecurityContextRepository().saveContext(context, request, response);
    }
}
