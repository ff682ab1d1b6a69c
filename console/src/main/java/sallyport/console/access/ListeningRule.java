package sallyport.console.access;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.server.ConfigurableServletWebServerFactory;
import org.springframework.boot.web.servlet.server.Session;
import org.springframework.core.Ordered;

/** Refuses to start a console that other machines can reach in clear text, and marks its cookies for TLS where there is TLS. */
final class ListeningRule implements WebServerFactoryCustomizer<ConfigurableServletWebServerFactory>, Ordered {

    private final ServerProperties server;
    private final boolean behindProxy;

    ListeningRule(ServerProperties server, boolean behindProxy) {
        this.server = server;
        this.behindProxy = behindProxy;
    }

    @Override
    public void customize(ConfigurableServletWebServerFactory factory) {
        check(server.getAddress(), tls(server.getSsl()), behindProxy);
        if (tls(server.getSsl()) || behindProxy) {
            Session session = server.getServlet().getSession();
            session.getCookie().setSecure(true);
            factory.setSession(session);
        }
    }

    static void check(@Nullable InetAddress address, boolean tls, boolean behindProxy) {
        boolean onlyThisMachine = address != null && address.isLoopbackAddress();
        if (!onlyThisMachine && !tls && !behindProxy) {
            throw new OpenToOthers();
        }
    }

    private static boolean tls(@Nullable Ssl ssl) {
        return ssl != null
                && ssl.isEnabled()
                && (ssl.getKeyStore() != null || ssl.getCertificate() != null || ssl.getBundle() != null);
    }

    /** After the defaults of the framework. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }
}
