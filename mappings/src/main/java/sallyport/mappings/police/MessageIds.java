package sallyport.mappings.police;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sallyport.mappings.canonical.Sha256;
import sallyport.mappings.identity.CaseReference;
import sallyport.mappings.identity.ForceCode;

/**
 * Ids of messages, worked out from what the message is about: the same effect always has the same id, two effects never share one.
 * At most {@value #LONGEST} characters, none of them white space (the limit of a CJSE CorrelationID).
 */
public final class MessageIds {

    public static final int LONGEST = 50;

    private static final Pattern PACKAGE = Pattern.compile("(SP-\\d{4}-\\d{6,12})-v(\\d{1,9})-(\\d{2})");

    private static final UUID NAMESPACE = UUID.fromString("0b6c4f5e-6a0e-5a54-9d0c-7f3a5c1f2e11");

    private MessageIds() {}

    /** What a package message is about, read back from its id. */
    public record PackageMessage(CaseReference caseReference, int version, ForceCode force) {}

    /** One package version to one force, by whatever channel: {@code SP-2026-000123-v1-46}. */
    public static String packageMessageId(CaseReference caseReference, int version, ForceCode force) {
        return bounded(caseReference + "-v" + version + "-" + force);
    }

    /** CJSE RequestID: names the request, and is the same each time it is sent again. */
    public static String requestId(CaseReference caseReference, int version, ForceCode force) {
        return bounded("RQ-" + packageMessageId(caseReference, version, force));
    }

    /** CJSE CorrelationID: what the force's RouteDataResp repeats. The same as the package message id. */
    public static String correlationId(CaseReference caseReference, int version, ForceCode force) {
        return packageMessageId(caseReference, version, force);
    }

    /** The package that a CorrelationID or package message id speaks of; empty when it is none of ours. */
    public static Optional<PackageMessage> packageOf(String id) {
        Matcher parts = PACKAGE.matcher(id);
        if (!parts.matches()) {
            return Optional.empty();
        }
        return Optional.of(new PackageMessage(
                new CaseReference(parts.group(1)), Integer.parseInt(parts.group(2)), new ForceCode(parts.group(3))));
    }

    /**
     * CloudEvents id.
     *
     * @param event the event in one word, such as {@code delivered}
     * @param number counts the events of the case, so that the same event twice has two ids
     */
    public static String feedEventId(CaseReference caseReference, String event, long number) {
        return bounded(caseReference + "-" + event + "-" + number);
    }

    /**
     * @param revision counts the changes of the case's row in the tracker
     */
    public static String trackerMessageId(CaseReference caseReference, long revision) {
        return bounded(caseReference + "-t" + revision);
    }

    /** A name-based UUID (RFC 9562 version 5, below a namespace of ours) for protocols that want one. */
    public static UUID uuid(String name) {
        ByteBuffer named = ByteBuffer.allocate(16 + name.length() * 4);
        named.putLong(NAMESPACE.getMostSignificantBits()).putLong(NAMESPACE.getLeastSignificantBits());
        named.put(name.getBytes(StandardCharsets.UTF_8)).flip();
        MessageDigest sha1 = digest("SHA-1");
        sha1.update(named);
        ByteBuffer hash = ByteBuffer.wrap(sha1.digest());
        return new UUID(
                (hash.getLong() & ~0xf000L) | 0x5000L, (hash.getLong() & 0x3fffffffffffffffL) | 0x8000000000000000L);
    }

    /** What is too long or holds white space is named by its hash instead. */
    static String bounded(String id) {
        if (id.length() <= LONGEST
                && id.chars().noneMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c))) {
            return id;
        }
        return "H-" + HexFormat.of().formatHex(Sha256.of(id.getBytes(StandardCharsets.UTF_8)), 0, 24);
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }
}
