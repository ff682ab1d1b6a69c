package sallyport.ledger.engine;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.canonical.Sha256;

/**
 * A signed statement about the evidence log, as it stands in a file: canonical JSON (members in alphabetical order, no spaces, as
 * RFC 8785 has it) and a line feed. The signature is over the same object without the member {@code signature}.
 *
 * @param no counts all statements from 1, and names the file
 * @param kind {@code checkpoint}: so far the log goes; {@code pruned}: so far it was cut off for retention
 * @param chainNo the entry it is about
 * @param hash of that entry
 * @param count entries that are there up to that one
 * @param previous SHA-256 of the whole file before; zeros in the first
 * @param prunedTo up to where the log is cut off; 0 for nowhere
 * @param prunedHash of the last entry that is cut off; zeros when none is
 * @param filesFrom the number of the first file that is still needed
 * @param before of a {@code pruned}: entries older than this were due
 * @param key which key signed
 * @param signature base64
 */
record Checkpoint(
        long no,
        String kind,
        Instant at,
        long chainNo,
        String hash,
        long count,
        String previous,
        long prunedTo,
        String prunedHash,
        long filesFrom,
        @Nullable Instant before,
        String key,
        String signature) {

    static final String CHECKPOINT = "checkpoint";
    static final String PRUNED = "pruned";
    static final String ZEROS = "0".repeat(64);

    /** Longer files are none of ours. */
    static final int MOST_BYTES = 4096;

    private static final int FORMAT = 1;
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern ID = Pattern.compile("[0-9a-f]{16}");
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]{86}==");

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonParser.Feature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    Checkpoint {
        at = at.truncatedTo(ChronoUnit.MICROS);
        before = before == null ? null : before.truncatedTo(ChronoUnit.MICROS);
    }

    /** The same statement, signed. */
    Checkpoint signed(EvidenceKeys keys) {
        var unsigned = new Checkpoint(
                no, kind, at, chainNo, hash, count, previous, prunedTo, prunedHash, filesFrom, before, keys.id(), "");
        return new Checkpoint(
                no,
                kind,
                at,
                chainNo,
                hash,
                count,
                previous,
                prunedTo,
                prunedHash,
                filesFrom,
                before,
                keys.id(),
                keys.sign(unsigned.statement()));
    }

    /** What is signed. */
    byte[] statement() {
        return json(false).getBytes(StandardCharsets.UTF_8);
    }

    String file() {
        return json(true) + "\n";
    }

    /** SHA-256 of the whole file. */
    String sha256() {
        return Sha256.hex(file().getBytes(StandardCharsets.UTF_8));
    }

    boolean isPruned() {
        return kind.equals(PRUNED);
    }

    private String json(boolean withSignature) {
        // Nothing in it needs escaping.
        return "{\"at\":\"" + at + "\""
                + (before == null ? "" : ",\"before\":\"" + before + "\"")
                + ",\"chainNo\":" + chainNo
                + ",\"count\":" + count
                + ",\"filesFrom\":" + filesFrom
                + ",\"hash\":\"" + hash + "\""
                + ",\"key\":\"" + key + "\""
                + ",\"kind\":\"" + kind + "\""
                + ",\"no\":" + no
                + ",\"previous\":\"" + previous + "\""
                + ",\"prunedHash\":\"" + prunedHash + "\""
                + ",\"prunedTo\":" + prunedTo
                + (withSignature ? ",\"signature\":\"" + signature + "\"" : "")
                + ",\"version\":" + FORMAT + "}";
    }

    /** Empty when these are not, to the byte, what {@link #file} writes. */
    static Optional<Checkpoint> read(byte[] file) {
        try {
            JsonNode json = JSON.readTree(file);
            var read = new Checkpoint(
                    json.path("no").asLong(),
                    json.path("kind").asText(),
                    Instant.parse(json.path("at").asText()),
                    json.path("chainNo").asLong(),
                    json.path("hash").asText(),
                    json.path("count").asLong(),
                    json.path("previous").asText(),
                    json.path("prunedTo").asLong(),
                    json.path("prunedHash").asText(),
                    json.path("filesFrom").asLong(),
                    json.has("before") ? Instant.parse(json.path("before").asText()) : null,
                    json.path("key").asText(),
                    json.path("signature").asText());
            boolean whole = (read.isPruned() || read.kind.equals(CHECKPOINT))
                    && HEX.matcher(read.hash).matches()
                    && HEX.matcher(read.previous).matches()
                    && HEX.matcher(read.prunedHash).matches()
                    && ID.matcher(read.key).matches()
                    && BASE64.matcher(read.signature).matches()
                    && Arrays.equals(read.file().getBytes(StandardCharsets.UTF_8), file);
            return whole ? Optional.of(read) : Optional.empty();
        } catch (IOException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
