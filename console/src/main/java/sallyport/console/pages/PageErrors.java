package sallyport.console.pages;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import sallyport.console.access.Problem;
import sallyport.console.words.BadParameter;
import sallyport.console.words.GoneException;
import sallyport.console.words.NotThereException;

/** The last word on every error: what happened in general, nothing of what was sent, nothing of the inside. */
@Controller
class PageErrors implements ErrorController {

    private static final Logger LOG = LoggerFactory.getLogger(PageErrors.class);

    /** Whatever a page could not make sense of, before it can reach a log with its message. */
    @Order(Ordered.HIGHEST_PRECEDENCE)
    @ControllerAdvice(basePackageClasses = PageErrors.class)
    static class Refusals {

        @ExceptionHandler
        void badParameter(BadParameter bad, HttpServletRequest request, HttpServletResponse response)
                throws IOException {
            request.setAttribute(DETAIL, bad.parameter() + " " + bad.rule() + ".");
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
        }

        @ExceptionHandler
        void notThere(NotThereException notThere, HttpServletResponse response) throws IOException {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }

        @ExceptionHandler
        void gone(GoneException gone, HttpServletRequest request, HttpServletResponse response) throws IOException {
            request.setAttribute(DETAIL, gone.why());
            response.sendError(HttpServletResponse.SC_GONE);
        }

        @ExceptionHandler
        void other(Exception failure, HttpServletResponse response) throws Exception {
            if (failure instanceof AccessDeniedException || response.isCommitted()) {
                // Part of an answer has left: the server breaks the connection.
                throw failure;
            }
            if (failure instanceof ErrorResponse known) {
                response.sendError(known.getStatusCode().value());
                return;
            }
            // Types and places only: a message may quote a value.
            LOG.error("a page failed: {} at {}", failure.getClass().getName(), failure.getStackTrace()[0]);
            // Of a file that was begun: length and name are not those of the page that says so.
            response.reset();
            response.sendError(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
        }
    }

    /** What belongs to no page: nobody else may answer it, since others repeat the path. */
    @Order(Ordered.HIGHEST_PRECEDENCE)
    @ControllerAdvice
    static class Strays {

        @ExceptionHandler({
            NoResourceFoundException.class,
            NoHandlerFoundException.class,
            HttpRequestMethodNotSupportedException.class,
            HttpMediaTypeException.class,
            MaxUploadSizeExceededException.class
        })
        void stray(Exception stray, HttpServletResponse response) throws IOException {
            response.sendError(
                    stray instanceof ErrorResponse known
                            ? known.getStatusCode().value()
                            : HttpServletResponse.SC_NOT_FOUND);
        }
    }

    private static final String DETAIL = PageErrors.class.getName() + ".detail";

    @RequestMapping("/error")
    @Nullable
    Object error(HttpServletRequest request, HttpServletResponse response, Model model) {
        if (response.isCommitted()) {
            // Behind half an answer a page could pass for the rest of it.
            return null;
        }
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code ? code : 404;
        if (!wantsPage(request)) {
            return ResponseEntity.status(status)
                    .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                    .body(Problem.of(status));
        }
        response.setStatus(status);
        model.addAttribute("status", status);
        model.addAttribute("detail", request.getAttribute(DETAIL));
        return "error";
    }

    private static boolean wantsPage(HttpServletRequest request) {
        Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        String accept = request.getHeader("Accept");
        return accept != null
                && accept.contains("text/html")
                && !(path instanceof String uri && (uri.startsWith("/api/") || uri.startsWith("/partner/")));
    }
}
