package sallyport.simulators.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import sallyport.simulators.journal.Json;

/** How often each partner was asked, and which of them is made to be out of service by a test. */
public final class Requests {

    private final Map<String, LongAdder> counts = new ConcurrentSkipListMap<>();
    private final Set<String> headerNames = ConcurrentHashMap.newKeySet();
    private final Set<String> interrupted = ConcurrentHashMap.newKeySet();
    private final Set<String> dropping = ConcurrentHashMap.newKeySet();

    public void count(String partner, String method, int status) {
        counts.computeIfAbsent(partner + " " + method + " " + status, unused -> new LongAdder())
                .increment();
    }

    /** Notes which headers a request brought, by their names only. */
    public void headers(Collection<String> names) {
        names.forEach(name -> headerNames.add(name.toLowerCase(Locale.ROOT)));
    }

    /** Names, in lower case, of all headers that any partner was ever sent. */
    public Set<String> headerNames() {
        return Set.copyOf(headerNames);
    }

    /** Requests of one partner, all methods and statuses together. */
    public long of(String partner) {
        return counts.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(partner + " "))
                .mapToLong(entry -> entry.getValue().sum())
                .sum();
    }

    /** While interrupted a partner answers 503 to everything. */
    public void interrupt(String partner, boolean on) {
        if (on) {
            interrupted.add(partner);
        } else {
            interrupted.remove(partner);
        }
    }

    /** While it drops, a partner takes what is sent and breaks the connection instead of answering. */
    public void drop(String partner, boolean on) {
        if (on) {
            dropping.add(partner);
        } else {
            dropping.remove(partner);
        }
    }

    boolean dropping(String partner) {
        return dropping.contains(partner);
    }

    boolean interrupted(String partner) {
        return interrupted.contains(partner);
    }

    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        counts.forEach((key, count) -> json.put(key, count.sum()));
        return json;
    }
}
