package sallyport.ledger.engine;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code sallyport.ledger.*}. A value that cannot work stops the start with one line that names it.
 *
 * @param node name of this process in attempts and logs; host name and process id when not set
 * @param batch how many finished items one transaction writes at most
 * @param committers how many of these transactions there may be at a time
 * @param gather how long the first finished item waits for others
 * @param poll how often to look for claimable rows while there is something to do
 * @param idlePoll how often to look when there was nothing for a while
 * @param workLease how long a node holds work and polls without renewing
 * @param laneLease how long a node holds an outward effect; HTTP time-outs must stay below half of it
 * @param pseudonymKey at least 32 characters; all nodes must share it; the file is used when it is not set
 * @param pseudonymKeyFile made with mode 0600 at the first start
 * @param concurrency how many may be under way at once, by path with a hyphen for the slash: {@code triage}, {@code lanes-force};
 *     of work four times as many are claimed
 */
@ConfigurationProperties("sallyport.ledger")
public record LedgerProperties(
        @Nullable String node,
        @DefaultValue("100") int batch,
        @DefaultValue("2") int committers,
        @DefaultValue("20ms") Duration gather,
        @DefaultValue("200ms") Duration poll,
        @DefaultValue("1s") Duration idlePoll,
        @DefaultValue("30s") Duration workLease,
        @DefaultValue("120s") Duration laneLease,
        @Nullable String pseudonymKey,
        @DefaultValue("data/pseudonym.key") Path pseudonymKeyFile,
        @DefaultValue Map<String, Integer> concurrency) {

    public LedgerProperties {
        node = node == null || node.isBlank() ? thisProcess() : node;
        pseudonymKey = pseudonymKey == null || pseudonymKey.isBlank() ? null : pseudonymKey;
        concurrency = Map.copyOf(concurrency);
        require(batch >= 1 && batch <= 1000, "batch must be between 1 and 1000");
        require(committers >= 1 && committers <= 8, "committers must be between 1 and 8");
        require(!gather.isNegative() && gather.toMillis() <= 1000, "gather must be between 0 and 1s");
        require(poll.toMillis() >= 10, "poll must be at least 10ms");
        require(idlePoll.compareTo(poll) >= 0, "idle-poll must not be shorter than poll");
        require(workLease.toMillis() >= 300, "work-lease must be at least 300ms");
        require(laneLease.toMillis() >= 300, "lane-lease must be at least 300ms");
        require(pseudonymKey == null || pseudonymKey.length() >= 32, "pseudonym-key must have at least 32 characters");
        concurrency.forEach((path, n) -> require(n >= 1 && n <= 1000, "concurrency." + path + " must be 1 to 1000"));
    }

    /** What applies when nothing is configured. */
    public static LedgerProperties defaults() {
        return new LedgerProperties(
                null,
                100,
                2,
                Duration.ofMillis(20),
                Duration.ofMillis(200),
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                Duration.ofSeconds(120),
                null,
                Path.of("data", "pseudonym.key"),
                Map.of());
    }

    /** How many of these may be under way at once on this node. */
    int concurrencyOf(LedgerPath path) {
        return concurrency.getOrDefault(path.text().replace('/', '-'), path.usualConcurrency());
    }

    /** The node's name; never null, whatever the component says. */
    String nodeName() {
        return node == null ? thisProcess() : node;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException("sallyport.ledger." + otherwise);
        }
    }

    private static String thisProcess() {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            host = "node";
        }
        return host + "-" + ProcessHandle.current().pid();
    }
}
