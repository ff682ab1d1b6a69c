package sallyport.ledger.replay;

import java.net.URI;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import sallyport.ledger.CaseClass;

/**
 * {@code sallyport.replay.*}. A value that cannot work stops the start with one line that names it.
 *
 * @param sensitiveClasses a replay with an item of one of these classes is started by another person than the one who asked for it
 * @param mostItems a filter that finds more is refused
 * @param mostPerSecond no replay may have a higher rate
 * @param shadowUrl takes a replay's messages by POST before a partner does; on this machine only
 */
@ConfigurationProperties("sallyport.replay")
public record ReplayProperties(
        @DefaultValue("IMMEDIATE") Set<CaseClass> sensitiveClasses,
        @DefaultValue("100000") int mostItems,
        @DefaultValue("5000") double mostPerSecond,
        @Nullable URI shadowUrl) {

    /** What a name resolves to may change; these do not. */
    private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost", "[::1]");

    public ReplayProperties {
        sensitiveClasses = Set.copyOf(sensitiveClasses);
        require(mostItems >= 1, "most-items must be at least 1");
        require(mostPerSecond > 0, "most-per-second must be above 0");
        shadowUrl = shadowUrl == null || shadowUrl.toString().isBlank() ? null : shadowUrl;
        require(
                shadowUrl == null || "http".equals(shadowUrl.getScheme()) && THIS_MACHINE.contains(shadowUrl.getHost()),
                "shadow-url must be http on 127.0.0.1, localhost or [::1]: a shadow is never a partner");
    }

    /** What applies when nothing is configured. */
    public static ReplayProperties defaults() {
        return new ReplayProperties(EnumSet.of(CaseClass.IMMEDIATE), 100_000, 5000, null);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException("sallyport.replay." + otherwise);
        }
    }
}
