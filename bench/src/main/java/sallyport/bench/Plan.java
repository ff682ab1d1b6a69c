package sallyport.bench;

import java.time.Duration;

/**
 * How much is measured; an argument that is no positive number is an {@link IllegalArgumentException} that names it.
 *
 * @param events that wait in the queue when the throughput is measured
 * @param warmUp events before that, not counted
 * @param perSecond the rate at which events are offered when the latency is measured
 * @param seconds for how long they are offered
 */
record Plan(int events, int warmUp, int perSecond, int seconds) {

    /** No phase may take longer: the whole bench ends within minutes, whatever happens. */
    static final Duration PATIENCE = Duration.ofSeconds(90);

    /** {@code [events [warm-up]]}. */
    static Plan of(String[] arguments) {
        return new Plan(number(arguments, 0, "events", 5000), number(arguments, 1, "warm-up", 1000), 50, 20);
    }

    int offered() {
        return perSecond * seconds;
    }

    private static int number(String[] arguments, int position, String name, int otherwise) {
        if (arguments.length <= position) {
            return otherwise;
        }
        if (!arguments[position].matches("[1-9]\\d{0,5}")) {
            throw new IllegalArgumentException(name + " cannot be " + arguments[position]);
        }
        return Integer.parseInt(arguments[position]);
    }
}
