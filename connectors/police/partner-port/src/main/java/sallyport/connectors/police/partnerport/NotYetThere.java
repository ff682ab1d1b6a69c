package sallyport.connectors.police.partnerport;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;

/**
 * The answer to a call that the gate let through. Behind the gate stand known addresses only, so a 404 there means that the route is
 * not started yet, or suspended: the partner is told to come again, and never that its message is of no use.
 */
final class NotYetThere extends HttpServletResponseWrapper {

    private static final String SECONDS = "5";

    NotYetThere(HttpServletResponse response) {
        super(response);
    }

    @Override
    public void setStatus(int status) {
        super.setStatus(later(status));
    }

    @Override
    public void sendError(int status) throws IOException {
        super.sendError(later(status));
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        super.sendError(later(status), message);
    }

    private int later(int status) {
        if (status != SC_NOT_FOUND) {
            return status;
        }
        setHeader("Retry-After", SECONDS);
        return SC_SERVICE_UNAVAILABLE;
    }
}
