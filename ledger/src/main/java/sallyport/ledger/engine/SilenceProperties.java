package sallyport.ledger.engine;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When a prison that sends nothing is a work item. A value that cannot work stops the start with one line that names it.
 *
 * @param least no pause shorter than this is ever silence
 * @param most every pause longer than this is
 * @param unknown what counts for a prison with too little history
 * @param history how many pauses at that time of the week make a history
 * @param factor how many times the pause that 19 of 20 stay below must be exceeded
 */
@ConfigurationProperties("sallyport.silence")
public record SilenceProperties(
        @DefaultValue("6h") Duration least,
        @DefaultValue("7d") Duration most,
        @DefaultValue("3d") Duration unknown,
        @DefaultValue("20") int history,
        @DefaultValue("2") double factor) {

    public SilenceProperties {
        require(!least.isNegative() && !least.isZero(), "least must be longer than nothing");
        require(most.compareTo(least) >= 0, "most must not be shorter than least");
        require(
                unknown.compareTo(least) >= 0 && unknown.compareTo(most) <= 0,
                "unknown must be between least and most");
        require(history >= 1, "history must be at least 1");
        require(factor >= 1 && factor <= 100, "factor must be 1 to 100");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException("sallyport.silence." + otherwise);
        }
    }
}
