package sallyport.simulators;

import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;

/**
 * How the simulators are to run.
 *
 * @param data directory for what they keep and write; the same one gives the same world and ports again
 * @param seed of everything that chance decides
 * @param rate incidents a minute; 0 makes none by itself
 * @param hour real length of a simulated hour
 * @param port of their own log; 0 for a free one, which is then kept
 * @param partnerPort of the hub; 0 while unknown, and the police stay silent
 * @param tokenLifetime of the tokens that HMPPS Auth gives out
 * @param troubles whether a force is slow, one is down now and then, and all are busy at times
 */
public record SimulatorOptions(
        Path data,
        long seed,
        int rate,
        Duration hour,
        int port,
        int partnerPort,
        Duration tokenLifetime,
        boolean troubles) {

    /** For tests: nothing happens unless it is ordered, nothing goes wrong unless it is wanted. */
    public static SimulatorOptions quiet(Path data) {
        return new SimulatorOptions(data, 1, 0, Duration.ofMillis(200), 0, 0, Duration.ofMinutes(5), false);
    }

    public SimulatorOptions withRate(int other) {
        return new SimulatorOptions(data, seed, other, hour, port, partnerPort, tokenLifetime, troubles);
    }

    public SimulatorOptions withSeed(long other) {
        return new SimulatorOptions(data, other, rate, hour, port, partnerPort, tokenLifetime, troubles);
    }

    public SimulatorOptions withHour(Duration other) {
        return new SimulatorOptions(data, seed, rate, other, port, partnerPort, tokenLifetime, troubles);
    }

    public SimulatorOptions withPartnerPort(int other) {
        return new SimulatorOptions(data, seed, rate, hour, port, other, tokenLifetime, troubles);
    }

    public SimulatorOptions withTokenLifetime(Duration other) {
        return new SimulatorOptions(data, seed, rate, hour, port, partnerPort, other, troubles);
    }

    public SimulatorOptions withTroubles(boolean other) {
        return new SimulatorOptions(data, seed, rate, hour, port, partnerPort, tokenLifetime, other);
    }

    /**
     * From {@code --data DIR --seed N --rate N --hour DURATION} ({@code 2s} or {@code PT2S}) and from the environment: the directory, seed, rate and two ports.
     *
     * @throws IllegalArgumentException naming the argument or setting that is wrong
     */
    static SimulatorOptions parse(String[] arguments, Map<String, String> environment) {
        SimulatorOptions options = new SimulatorOptions(
                Path.of(given(environment, "SALLYPORT_DATA_DIR", "data")),
                Long.parseLong(number(environment, "SIMULATORS_SEED", "1")),
                Integer.parseInt(number(environment, "SIMULATORS_RATE", "240")),
                Duration.ofSeconds(2),
                port(environment, "SIMULATORS_PORT", 8090),
                port(environment, "SALLYPORT_PARTNER_PORT", 8443),
                Duration.ofMinutes(5),
                true);
        for (int i = 0; i < arguments.length; i += 2) {
            String name = arguments[i];
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException(name + " needs a value");
            }
            options = options.with(name, arguments[i + 1]);
        }
        return options;
    }

    private SimulatorOptions with(String name, String value) {
        try {
            return switch (name) {
                case "--data" ->
                    new SimulatorOptions(Path.of(value), seed, rate, hour, port, partnerPort, tokenLifetime, troubles);
                case "--seed" -> withSeed(Long.parseLong(value));
                case "--rate" -> withRate(Integer.parseInt(value));
                case "--hour" -> withHour(Duration.parse(value.startsWith("P") ? value : "PT" + value));
                default ->
                    throw new IllegalArgumentException(
                            "unknown argument " + name + "; known are --data --seed --rate --hour");
            };
        } catch (NumberFormatException | DateTimeParseException e) {
            throw new IllegalArgumentException(name + " cannot be " + value, e);
        }
    }

    private static String given(Map<String, String> environment, String name, String otherwise) {
        String value = environment.getOrDefault(name, "").strip();
        return value.isEmpty() ? otherwise : value;
    }

    private static String number(Map<String, String> environment, String name, String otherwise) {
        String value = given(environment, name, otherwise);
        if (!value.matches("\\d{1,9}")) {
            throw new IllegalArgumentException(name + " is not a number: " + value);
        }
        return value;
    }

    private static int port(Map<String, String> environment, String name, int otherwise) {
        String value = given(environment, name, Integer.toString(otherwise));
        if (!value.matches("\\d{1,5}") || Integer.parseInt(value) > 65_535) {
            throw new IllegalArgumentException(name + " is not a port: " + value);
        }
        return Integer.parseInt(value);
    }
}
