package sallyport.console.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

/** Says 401, 403 or 429 as a problem. */
final class ApiEntryPoint implements AuthenticationEntryPoint, AccessDeniedHandler {

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
            throws IOException {
        if (why instanceof TooManyFailures tooMany) {
            response.setHeader("Retry-After", Long.toString(tooMany.seconds()));
            Problem.of(429).write(response);
        } else {
            response.setHeader("WWW-Authenticate", "Basic realm=\"Sallyport\", charset=\"UTF-8\"");
            Problem.of(401).write(response);
        }
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException why)
            throws IOException {
        Problem.of(403).write(response);
    }
}
