package sallyport.console.access;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import sallyport.ledger.desk.User;
import sallyport.ledger.desk.Users;

/**
 * Checks user name and password, for the form and for the API alike. A user who is not there, who is disabled or whose password
 * is wrong fails in the same words and in the same time.
 */
final class HubUsers implements AuthenticationProvider {

    static final Pattern USERNAME = Pattern.compile("[a-z0-9][a-z0-9._@-]{0,63}");
    /** bcrypt looks at no more. */
    static final int MOST_BYTES = 72;

    private static final Logger LOG = LoggerFactory.getLogger(HubUsers.class);

    private final Users users;
    private final PasswordEncoder passwords;
    private final LogInThrottle throttle;
    private final String nobodysHash;

    HubUsers(Users users, PasswordEncoder passwords, LogInThrottle throttle) {
        this.users = users;
        this.passwords = passwords;
        this.throttle = throttle;
        this.nobodysHash = passwords.encode(UUID.randomUUID().toString());
    }

    @Override
    public Authentication authenticate(Authentication asked) {
        String username = asked.getName().strip().toLowerCase(Locale.ROOT);
        String address = asked.getDetails() instanceof WebAuthenticationDetails web ? web.getRemoteAddress() : "";
        throttle.wait(username, address).ifPresent(wait -> {
            throw new TooManyFailures(wait);
        });
        Optional<User> user = USERNAME.matcher(username).matches() ? users.find(username) : Optional.empty();
        boolean right = matches(
                String.valueOf(asked.getCredentials()),
                user.map(User::passwordHash).orElse(nobodysHash));
        if (!right || user.isEmpty() || !user.get().enabled()) {
            throttle.failed(username, address);
            // Not the name: people type passwords there.
            LOG.info("sign-in refused");
            throw new BadCredentialsException("wrong user name or password");
        }
        throttle.succeeded(username, address);
        return token(user.get());
    }

    boolean matches(String password, String hash) {
        boolean fits = password.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES;
        return passwords.matches(fits ? password : "", hash) && fits;
    }

    static Authentication token(User user) {
        return UsernamePasswordAuthenticationToken.authenticated(
                SignedIn.of(user),
                null,
                List.of(new SimpleGrantedAuthority("ROLE_" + user.role().name())));
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
