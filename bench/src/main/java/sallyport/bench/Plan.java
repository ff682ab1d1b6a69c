package sallyport.bench;

import java.time.Duration;

/**
 * How much is measured; an argument that is no positive number is an {@link IllegalArgumentException} that names it.
 *
 * @param events that wait in the queue when the throughput is measured
 * @param warmUp events before that, not counted
 * @param seconds for how long events are offered at a steady rate when the latency is measured
 * @param rounds of hub, loop one by one and loop batched
 * @param half of what each of them gets in a round: so long for intake, so long for delivery
 */
record Plan(int events, int warmUp, int seconds, int rounds, Duration half) {

    /** No phase may take longer: the whole bench ends within minutes, whatever happens. */
    static final Duration PATIENCE = Duration.ofSeconds(90);

    /** {@code [events [warm-up [rounds [seconds of a round]]]]}. */
    static Plan of(String[] arguments) {
        return new Plan(
                number(arguments, 0, "events", 5000),
                number(arguments, 1, "warm-up", 1000),
                20,
                number(arguments, 2, "rounds", 5),
                Duration.ofSeconds(number(arguments, 3, "seconds", 30)).dividedBy(2));
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
