package sallyport.console.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import sallyport.ledger.desk.User;
import sallyport.ledger.desk.Users;

/**
 * Makes every request of a session see the user as the ledger has it now: a disabled user or an older password ends the session,
 * another role or scope counts at once, and who must change the password gets nowhere else.
 */
final class CurrentUserFilter extends OncePerRequestFilter {

    private static final Set<String> BEFORE_THE_CHANGE = Set.of("/password", "/sign-out");

    private final Users users;

    CurrentUserFilter(Users users) {
        this.users = users;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getServletPath().startsWith("/assets/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication == null || !(authentication.getPrincipal() instanceof SignedIn before)) {
            chain.doFilter(request, response);
            return;
        }
        Optional<User> user = users.find(before.username()).filter(User::enabled);
        if (user.isEmpty() || SignedIn.of(user.get()).stamp() != before.stamp()) {
            SecurityContextHolder.clearContext();
            var session = request.getSession(false);
            if (session != null) {
                session.invalidate();
            }
            SignInEntryPoint.send(request, response, "/sign-in?ended");
            return;
        }
        if (user.get().mustChange() && !BEFORE_THE_CHANGE.contains(request.getServletPath())) {
            SignInEntryPoint.send(request, response, "/password");
            return;
        }
        // For this request only: the context of the session is left as it is.
        var context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(HubUsers.token(user.get()));
        SecurityContextHolder.setContext(context);
        chain.doFilter(request, response);
    }
}
