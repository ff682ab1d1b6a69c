package sallyport.routes.control;

import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.RouteController;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import sallyport.ledger.RouteStates;
import sallyport.ledger.RouteStates.Wanted;

/**
 * Makes each route on this node what operators want it to be. A suspended route is not even started after a restart, so not one
 * message passes before the word is applied.
 */
@Component
final class RouteControl implements CamelContextConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(RouteControl.class);

    private final RouteStates states;
    private final CamelContext camel;
    private final AtomicBoolean blind = new AtomicBoolean();
    private volatile boolean started;

    RouteControl(RouteStates states, CamelContext camel) {
        this.states = states;
        this.camel = camel;
    }

    @Override
    public void beforeApplicationStart(CamelContext context) {
        Map<String, Wanted> wanted = states.wanted();
        for (RouteDefinition route :
                context.getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinitions()) {
            Wanted word = wanted.get(route.getRouteId());
            if (word != null && !word.running()) {
                route.autoStartup(false);
                LOG.info("route {} stays suspended, as {} wanted", route.getRouteId(), word.actor());
            }
        }
    }

    @Override
    public void afterApplicationStart(CamelContext context) {
        started = true;
    }

    @Scheduled(fixedDelay = 1000)
    void apply() throws Exception {
        if (!started) {
            return;
        }
        Map<String, Wanted> wanted;
        try {
            wanted = states.wanted();
            blind.set(false);
        } catch (DataAccessException unreachable) {
            if (blind.compareAndSet(false, true)) {
                LOG.warn("route states cannot be read from the ledger; routes stay as they are");
            }
            return;
        }
        for (Route route : camel.getRoutes()) {
            Wanted word = wanted.get(route.getRouteId());
            bring(route.getRouteId(), word == null || word.running());
        }
    }

    private void bring(String routeId, boolean running) throws Exception {
        RouteController controller = camel.getRouteController();
        ServiceStatus status = controller.getRouteStatus(routeId);
        if (running && status == ServiceStatus.Suspended) {
            controller.resumeRoute(routeId);
            LOG.info("route {} resumed", routeId);
        } else if (running && status == ServiceStatus.Stopped) {
            controller.startRoute(routeId);
            LOG.info("route {} started", routeId);
        } else if (!running && status == ServiceStatus.Started) {
            controller.suspendRoute(routeId);
            LOG.info("route {} suspended", routeId);
        }
    }
}
