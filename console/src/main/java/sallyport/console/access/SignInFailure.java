package sallyport.console.access;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;

/** Shows the sign-in page again, with 401 or 429 and without a word on which part was wrong. */
final class SignInFailure implements AuthenticationFailureHandler {

    /** Request attribute for the page. */
    static final String MESSAGE = "signInProblem";

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException exception)
            throws IOException, ServletException {
        if (exception instanceof TooManyFailures tooMany) {
            response.setStatus(429);
            response.setHeader("Retry-After", Long.toString(tooMany.seconds()));
            request.setAttribute(MESSAGE, "Too many failed attempts. Wait a few minutes and try again");
        } else {
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            request.setAttribute(MESSAGE, "The user name or the password is wrong");
        }
        request.getRequestDispatcher("/sign-in-again").forward(request, response);
    }
}
