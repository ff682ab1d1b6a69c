package sallyport.console.api;

import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import sallyport.console.access.Problem;
import sallyport.console.words.BadParameter;
import sallyport.console.words.GoneException;
import sallyport.console.words.NotThereException;

/** Makes a problem of whatever goes wrong in the API; nothing that was sent is repeated, in the answer or in the log. */
@Order(Ordered.HIGHEST_PRECEDENCE)
@RestControllerAdvice(basePackageClasses = ApiErrors.class)
class ApiErrors {

    private static final Logger LOG = LoggerFactory.getLogger(ApiErrors.class);

    @ExceptionHandler
    ResponseEntity<Problem> badParameter(BadParameter bad) {
        return answer(new Problem(
                "about:blank",
                "Bad Request",
                400,
                bad.parameter() + " " + bad.rule() + ".",
                bad.parameter(),
                bad.allowed().isEmpty() ? null : bad.allowed()));
    }

    @ExceptionHandler
    ResponseEntity<Problem> notThere(NotThereException notThere) {
        return answer(Problem.of(404));
    }

    @ExceptionHandler
    ResponseEntity<Problem> notNow(NotNowException notNow) {
        return answer(Problem.of(409, "Conflict", notNow.why()));
    }

    @ExceptionHandler
    ResponseEntity<Problem> gone(GoneException gone) {
        return answer(Problem.of(410, "Gone", gone.why()));
    }

    @ExceptionHandler
    ResponseEntity<Problem> unreadable(HttpMessageNotReadableException unreadable) {
        return answer(Problem.of(400, "Bad Request", "The body must be a JSON object with a reason."));
    }

    @ExceptionHandler
    ResponseEntity<Problem> other(Exception failure, HttpServletResponse response) throws Exception {
        if (failure instanceof AccessDeniedException || failure instanceof AuthenticationException) {
            throw failure;
        }
        if (response.isCommitted()) {
            // Part of an answer has left: a problem behind it could pass for the rest. The server breaks the
            // connection.
            throw failure;
        }
        if (failure instanceof ErrorResponse known) {
            HttpStatusCode status = known.getStatusCode();
            return answer(Problem.of(status.value()));
        }
        // Types and places only: a message may quote a value.
        LOG.error("the API failed: {} at {}", failure.getClass().getName(), failure.getStackTrace()[0]);
        // Of a file that was begun: length and name are not those of the problem.
        response.reset();
        return answer(Problem.of(500));
    }

    private static ResponseEntity<Problem> answer(Problem problem) {
        return ResponseEntity.status(problem.status())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }
}
