package sallyport.ledger.engine;

import java.util.regex.Pattern;
import sallyport.ledger.LaneFamily;
import sallyport.ledger.Step;

/** What a {@code ledger:} URI claims. A path that names nothing is refused when the route starts. */
sealed interface LedgerPath {

    /** As written in the URI after {@code ledger:}. */
    String text();

    /** How many may be under way at once when neither the URI nor the configuration says so. */
    int usualConcurrency();

    /** Work inside the hub. */
    record Work(Step step) implements LedgerPath {

        @Override
        public String text() {
            return step.path();
        }

        @Override
        public int usualConcurrency() {
            return 8;
        }
    }

    /** All lanes of one family. */
    record Lanes(LaneFamily family) implements LedgerPath {

        @Override
        public String text() {
            return "lanes/" + family.path();
        }

        @Override
        public int usualConcurrency() {
            return switch (family) {
                case FORCE -> 16;
                case TRACKER -> 24;
                case ADJUDICATION -> 8;
                case FEED -> 100;
            };
        }
    }

    /** The poll sources of one system. */
    record Polls(String system) implements LedgerPath {

        @Override
        public String text() {
            return "polls/" + system;
        }

        @Override
        public int usualConcurrency() {
            return 1;
        }
    }

    Pattern SYSTEM = Pattern.compile("[a-z0-9][a-z0-9-]*");

    /** @throws IllegalArgumentException when the path names no step, family or system */
    static LedgerPath parse(String path) {
        if (path.startsWith("lanes/")) {
            return new Lanes(LaneFamily.of(path.substring("lanes/".length())));
        }
        if (path.startsWith("polls/")) {
            String system = path.substring("polls/".length());
            if (!SYSTEM.matcher(system).matches()) {
                throw new IllegalArgumentException("no such system to poll: " + system);
            }
            return new Polls(system);
        }
        return new Work(Step.of(path));
    }
}
