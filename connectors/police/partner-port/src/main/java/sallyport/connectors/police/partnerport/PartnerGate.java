package sallyport.connectors.police.partnerport;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sallyport.connectors.police.forces.CallingForce;
import sallyport.connectors.police.forces.Force;

/**
 * Keeps two doors apart: what is for partners is reached on the partner port only, with a certificate of a known force, as a
 * POST of a known kind and bounded size; everything else is reached on any other port only. What does not pass is answered
 * with a bare status: 404, 403, 415, 413 or 408.
 */
final class PartnerGate implements Filter {

    private static final Logger log = LoggerFactory.getLogger(PartnerGate.class);
    private static final int BUFFER = 8192;

    private final PartnerConnector connector;
    private final PartnerIdentity identity;
    private final PartnerPortProperties properties;

    PartnerGate(PartnerConnector connector, PartnerIdentity identity, PartnerPortProperties properties) {
        this.connector = connector;
        this.identity = identity;
        this.properties = properties;
    }

    @Override
    public void doFilter(ServletRequest anyRequest, ServletResponse anyResponse, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest) anyRequest;
        HttpServletResponse response = (HttpServletResponse) anyResponse;
        // The port of the socket: no header can say otherwise.
        boolean partnerPort = request.getLocalPort() == connector.port();
        if (partnerPort && request.getDispatcherType() == DispatcherType.ERROR) {
            // The console's error page is not for partners: the status alone goes out.
            return;
        }
        String path = path(request);
        boolean forPartners = path.equals(PartnerPaths.ROOT) || path.startsWith(PartnerPaths.ROOT + "/");
        if (partnerPort) {
            admit(request, response, path, chain);
        } else if (forPartners) {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
        } else {
            chain.doFilter(request, response);
        }
    }

    private void admit(HttpServletRequest request, HttpServletResponse response, String path, FilterChain chain)
            throws IOException, ServletException {
        Optional<Force> force = identity.of(request);
        if (force.isEmpty()) {
            log.warn("partner-port: a trusted certificate of no known force was turned away");
            refuse(response, HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        Set<String> mediaTypes = PartnerPaths.MEDIA_TYPES.get(path);
        // A query is refused too: Camel and CXF read options from it, and the contracts have none.
        if (mediaTypes == null || !"POST".equals(request.getMethod()) || request.getQueryString() != null) {
            refuse(response, HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        if (!mediaTypes.contains(mediaType(request)) || request.getHeader("Content-Encoding") != null) {
            refuse(response, HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE);
            return;
        }
        Body body = read(request);
        if (body.refused() != 0) {
            refuse(response, body.refused());
            return;
        }
        request.setAttribute(CallingForce.REQUEST_ATTRIBUTE, force.get().code());
        chain.doFilter(new CheckedRequest(request, body.bytes()), new NotYetThere(response));
    }

    private Body read(HttpServletRequest request) {
        if (request.getContentLengthLong() > properties.maxBody()) {
            return Body.refused(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
        }
        long until = System.nanoTime() + properties.bodyTimeout().toNanos();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = request.getInputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (bytes.size() + read > properties.maxBody()) {
                    return Body.refused(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
                }
                // Each byte may come in time and the last never: the whole has a limit as well.
                if (System.nanoTime() - until > 0) {
                    return Body.refused(HttpServletResponse.SC_REQUEST_TIMEOUT);
                }
                bytes.write(buffer, 0, read);
            }
            return new Body(bytes.toByteArray(), 0);
        } catch (IOException silentOrGone) {
            return Body.refused(HttpServletResponse.SC_REQUEST_TIMEOUT);
        }
    }

    private static void refuse(HttpServletResponse response, int status) {
        response.setStatus(status);
        // What of the request was not read must not be taken for the next one.
        response.setHeader("Connection", "close");
    }

    /** As the container maps it to a servlet: decoded, without parameters and dots. */
    private static String path(HttpServletRequest request) {
        String rest = request.getPathInfo();
        return rest == null ? request.getServletPath() : request.getServletPath() + rest;
    }

    private static String mediaType(HttpServletRequest request) {
        String type = request.getContentType();
        return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private record Body(byte[] bytes, int refused) {

        static Body refused(int status) {
            return new Body(new byte[0], status);
        }
    }
}
