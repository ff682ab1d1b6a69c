package sallyport.routes.receipts;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import sallyport.ledger.Rung;

/**
 * By when a receipt should be there. What is not set has its usual time; frozen when a clock starts.
 *
 * @param immediate for the 24-hour class, by rung: after how long a warning, after how long overdue
 * @param routine the same for all other cases
 * @param only what is different for one force, by its two digits
 */
@ConfigurationProperties("sallyport.receipts")
record ReceiptProperties(
        @DefaultValue Map<Rung, List<Duration>> immediate,
        @DefaultValue Map<Rung, List<Duration>> routine,
        @DefaultValue Map<String, Own> only) {

    ReceiptProperties {
        immediate = checked("immediate", immediate);
        routine = checked("routine", routine);
        only = Map.copyOf(only);
        only.keySet()
                .forEach(force ->
                        require(force.matches("[0-9]{2}"), "only." + force + " must be two digits of a force"));
    }

    /**
     * What is not set is as for every other force.
     *
     * @param immediate for the 24-hour class
     * @param routine for all other cases
     * @param never rungs that this force does not give
     */
    record Own(
            @DefaultValue Map<Rung, List<Duration>> immediate,
            @DefaultValue Map<Rung, List<Duration>> routine,
            @DefaultValue Set<Rung> never) {

        static final Own LIKE_ALL = new Own(Map.of(), Map.of(), Set.of());

        Own {
            immediate = checked("only.….immediate", immediate);
            routine = checked("only.….routine", routine);
            never = Set.copyOf(never);
        }
    }

    /** What is set for this force by itself. */
    Own of(String force) {
        return only.getOrDefault(force, Own.LIKE_ALL);
    }

    private static Map<Rung, List<Duration>> checked(String where, Map<Rung, List<Duration>> times) {
        Map<Rung, List<Duration>> copy = new EnumMap<>(Rung.class);
        times.forEach((rung, both) -> {
            require(
                    both.size() == 2
                            && !both.get(0).isNegative()
                            && both.get(1).compareTo(both.get(0)) >= 0
                            && both.get(1).toMillis() > 0,
                    where + "." + rung.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-')
                            + " must be two durations, the warning first, such as 12h,24h");
            copy.put(rung, List.copyOf(both));
        });
        return Map.copyOf(copy);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException("sallyport.receipts." + otherwise);
        }
    }
}
