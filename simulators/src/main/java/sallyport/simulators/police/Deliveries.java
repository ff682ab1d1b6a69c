package sallyport.simulators.police;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import sallyport.simulators.journal.Journal;
import sallyport.simulators.journal.Json;

/** The log of everything that arrived at any force: on disk before the force answers, and whole again after a restart. */
public final class Deliveries implements AutoCloseable {

    private final List<Delivery> all = new ArrayList<>();
    private final List<Consumer<Delivery>> listeners = new CopyOnWriteArrayList<>();
    private final Journal journal;

    public Deliveries(Path directory) {
        this.journal = Journal.open(directory.resolve("deliveries.ndjson"), line -> all.add(Delivery.fromJson(line)));
    }

    void add(Delivery delivery) {
        synchronized (this) {
            journal.append(delivery.toJson());
            all.add(delivery);
        }
        listeners.forEach(listener -> listener.accept(delivery));
    }

    void onArrival(Consumer<Delivery> listener) {
        listeners.add(listener);
    }

    public synchronized List<Delivery> all() {
        return List.copyOf(all);
    }

    /** Accepted deliveries about one incident. */
    public List<Delivery> acceptedFor(String incidentReference) {
        return all().stream()
                .filter(delivery -> delivery.accepted() && incidentReference.equals(delivery.incident()))
                .toList();
    }

    public ArrayNode toJson() {
        ArrayNode json = Json.array();
        all().forEach(delivery -> json.add(delivery.toJson()));
        return json;
    }

    @Override
    public void close() {
        journal.close();
    }
}
