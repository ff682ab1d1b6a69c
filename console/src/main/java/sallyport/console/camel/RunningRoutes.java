package sallyport.console.camel;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The routes of this node, as they run now. */
public interface RunningRoutes {

    /** By id. */
    List<RunningRoute> all();

    default Optional<RunningRoute> find(String id) {
        return all().stream().filter(route -> route.id().equals(id)).findFirst();
    }

    /**
     * @param state RUNNING, SUSPENDED, STOPPED and what lies between
     * @param total exchanges since the start of this node; null when nobody counts
     * @param lastAt when the last exchange ended
     */
    record RunningRoute(
            String id,
            @Nullable String description,
            String state,
            @Nullable Long total,
            @Nullable Long failed,
            @Nullable Long inFlight,
            @Nullable Instant lastAt) {

        /** A route that is wanted suspended may as well be stopped: after a restart it is not even started. */
        public boolean isAsWanted(boolean running) {
            return running ? state.equals("RUNNING") : state.equals("SUSPENDED") || state.equals("STOPPED");
        }
    }
}
