package sallyport.connectors.filedrop;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import sallyport.connectors.wire.Health;

/** The directories, as the last look of this node saw them. */
final class FileDropHealth implements Health {

    private final Map<String, String> problems = new ConcurrentSkipListMap<>();

    @Override
    public String name() {
        return "file-drop";
    }

    @Override
    public Optional<String> problem() {
        String all = problems.entrySet().stream()
                .map(each -> each.getKey() + ": " + each.getValue())
                .collect(Collectors.joining("; "));
        return all.isEmpty() ? Optional.empty() : Optional.of(all);
    }

    /** Whether that is new. */
    boolean problem(String feed, String words) {
        return !words.equals(problems.put(feed, words));
    }

    /** Whether there was one. */
    boolean well(String feed) {
        return problems.remove(feed) != null;
    }
}
