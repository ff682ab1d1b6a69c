package sallyport.ledger.replay;

import java.util.EnumSet;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import sallyport.ledger.CaseClass;

/**
 * {@code sallyport.replay.*}. A value that cannot work stops the start with one line that names it.
 *
 * @param sensitiveClasses a replay with an item of one of these classes is started by another person than the one who asked for it
 * @param mostItems a filter that finds more is refused
 * @param mostPerSecond no replay may have a higher rate
 */
@ConfigurationProperties("sallyport.replay")
public record ReplayProperties(
        @DefaultValue("IMMEDIATE") Set<CaseClass> sensitiveClasses,
        @DefaultValue("100000") int mostItems,
        @DefaultValue("5000") double mostPerSecond) {

    public ReplayProperties {
        sensitiveClasses = Set.copyOf(sensitiveClasses);
        require(mostItems >= 1, "most-items must be at least 1");
        require(mostPerSecond > 0, "most-per-second must be above 0");
    }

    /** What applies when nothing is configured. */
    public static ReplayProperties defaults() {
        return new ReplayProperties(EnumSet.of(CaseClass.IMMEDIATE), 100_000, 5000);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException("sallyport.replay." + otherwise);
        }
    }
}
