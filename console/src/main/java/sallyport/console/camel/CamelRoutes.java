package sallyport.console.camel;

import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.api.management.ManagedCamelContext;
import org.apache.camel.api.management.mbean.ManagedRouteMBean;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/** Reads the routes from the Camel model. Counts are missing where management is off; no route is missing for it. */
public final class CamelRoutes implements RunningRoutes {

    private final ObjectProvider<CamelContext> contexts;

    public CamelRoutes(ObjectProvider<CamelContext> contexts) {
        this.contexts = contexts;
    }

    @Override
    public List<RunningRoute> all() {
        CamelContext camel = contexts.getIfAvailable();
        if (camel == null) {
            return List.of();
        }
        return camel.getRoutes().stream()
                .map(route -> running(camel, route))
                .sorted(Comparator.comparing(RunningRoute::id))
                .toList();
    }

    private static RunningRoute running(CamelContext camel, Route route) {
        String id = route.getRouteId();
        ManagedRouteMBean counts = counts(camel, id);
        return new RunningRoute(
                id,
                route.getDescription(),
                state(camel.getRouteController().getRouteStatus(id)),
                counts == null ? null : count(counts::getExchangesTotal),
                counts == null ? null : count(counts::getExchangesFailed),
                (long) camel.getInflightRepository().size(id),
                counts == null ? null : lastEnd(counts));
    }

    private static @Nullable ManagedRouteMBean counts(CamelContext camel, String id) {
        var managed = camel.getCamelContextExtension().getContextPlugin(ManagedCamelContext.class);
        return managed == null ? null : managed.getManagedRoute(id);
    }

    private static String state(@Nullable ServiceStatus status) {
        if (status == null) {
            return "UNKNOWN";
        }
        return status.isStarted() ? "RUNNING" : status.name().toUpperCase(Locale.ROOT);
    }

    private static @Nullable Instant lastEnd(ManagedRouteMBean counts) {
        return Stream.of(
                        count(counts::getLastExchangeCompletedTimestamp),
                        count(counts::getLastExchangeFailureTimestamp))
                .filter(java.util.Objects::nonNull)
                .map(Date::toInstant)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    private interface Reading<T> {
        T read() throws Exception;
    }

    /** A route that is taken down while it is read has no counts. */
    private static <T> @Nullable T count(Reading<T> reading) {
        try {
            return reading.read();
        } catch (Exception gone) {
            return null;
        }
    }
}
