package sallyport.connectors.police.forces;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The forces file, checked field by field: the first thing wrong ends in {@link InvalidForcesFile}. An unknown field is
 * wrong too, for a misspelt {@code certificateSubjects} would shut a force out without a word.
 */
final class ForcesFile {

    private static final long MAX_BYTES = 1_000_000;
    private static final Pattern CODE = Pattern.compile("[0-9]{2}");
    private static final Pattern NAME = Pattern.compile(".{1,100}");
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,200}");
    private static final Pattern SYSTEM = Pattern.compile("\\S{1,50}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final Pattern SUBJECT = Pattern.compile("CN=([A-Za-z0-9][A-Za-z0-9 ._-]{0,63})");
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(10)
                            .maxStringLength(2000)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final String file;
    private final Map<String, String> codes = new HashMap<>();
    private final Map<String, String> commonNames = new HashMap<>();

    private ForcesFile(String file) {
        this.file = file;
    }

    static Forces read(Path path) {
        return new ForcesFile(path.toString()).forces(path);
    }

    private Forces forces(Path path) {
        JsonNode root = tree(path);
        only(root, "", Set.of("forces"));
        JsonNode list = root.get("forces");
        if (list == null || !list.isArray() || list.isEmpty()) {
            throw wrong("/forces", "must be a list with at least one force");
        }
        List<Force> forces = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            forces.add(force(list.get(i), "/forces/" + i));
        }
        return new Forces(forces);
    }

    private JsonNode tree(Path path) {
        try {
            if (Files.size(path) > MAX_BYTES) {
                throw wrong("/", "is larger than " + MAX_BYTES + " bytes");
            }
            return JSON.readTree(Files.readAllBytes(path));
        } catch (JsonProcessingException e) {
            // Jackson quotes the source around the fault, and this file holds secrets: only the place is told.
            throw wrong(
                    "/",
                    e.getLocation() == null
                            ? "is not JSON"
                            : "is not JSON at line " + e.getLocation().getLineNr());
        } catch (IOException e) {
            throw wrong("/", "cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    private Force force(JsonNode node, String at) {
        only(node, at, Set.of("code", "name", "channels", "ihub", "cjse", "manifest", "certificateSubjects"));
        String code = text(node, at, "code", CODE, "must be two digits");
        String earlier = codes.putIfAbsent(code, at);
        if (earlier != null) {
            throw wrong(at + "/code", "is the same as " + earlier + "/code");
        }
        String name = node.has("name") ? text(node, at, "name", NAME, "must be text of at most 100 characters") : code;
        Optional<IhubEndpoint> ihub =
                node.has("ihub") ? Optional.of(ihub(node.get("ihub"), at + "/ihub")) : Optional.empty();
        Optional<CjseEndpoint> cjse =
                node.has("cjse") ? Optional.of(cjse(node.get("cjse"), at + "/cjse")) : Optional.empty();
        List<Channel> channels = channels(node.get("channels"), at + "/channels");
        for (Channel channel : channels) {
            boolean there =
                    switch (channel) {
                        case IHUB -> ihub.isPresent();
                        case CJSE -> cjse.isPresent();
                    };
            if (!there) {
                throw wrong(at + "/" + channel.word(), "is missing, though the channel is named");
            }
        }
        return new Force(
                code,
                name,
                channels,
                ihub,
                cjse,
                node.has("manifest") ? Optional.of(manifest(node.get("manifest"), at + "/manifest")) : Optional.empty(),
                commonNames(node.get("certificateSubjects"), at + "/certificateSubjects"));
    }

    private List<Channel> channels(@Nullable JsonNode node, String at) {
        if (node == null || !node.isArray() || node.isEmpty()) {
            throw wrong(at, "must be a list with at least one of ihub, cjse");
        }
        List<Channel> channels = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            String word = node.get(i).asText();
            Channel channel =
                    switch (word) {
                        case "ihub" -> Channel.IHUB;
                        case "cjse" -> Channel.CJSE;
                        default -> throw wrong(at + "/" + i, "must be ihub or cjse");
                    };
            if (channels.contains(channel)) {
                throw wrong(at + "/" + i, "is named twice");
            }
            channels.add(channel);
        }
        return channels;
    }

    private IhubEndpoint ihub(JsonNode node, String at) {
        only(node, at, Set.of("url", "key", "secret", "forceIdentifier", "brand", "dedupes"));
        JsonNode dedupes = node.get("dedupes");
        if (dedupes != null && !dedupes.isBoolean()) {
            throw wrong(at + "/dedupes", "must be true or false");
        }
        return new IhubEndpoint(
                url(node, at),
                text(node, at, "key", TOKEN, "must be printable text without spaces"),
                text(node, at, "secret", TOKEN, "must be printable text without spaces"),
                text(node, at, "forceIdentifier", NUMBER, "must be a whole number"),
                text(node, at, "brand", NUMBER, "must be a whole number"),
                dedupes != null && dedupes.booleanValue());
    }

    private CjseEndpoint cjse(JsonNode node, String at) {
        only(node, at, Set.of("url", "destinationId"));
        return new CjseEndpoint(
                url(node, at),
                text(node, at, "destinationId", SYSTEM, "must be at most 50 characters without white space"));
    }

    private ManifestEndpoint manifest(JsonNode node, String at) {
        only(node, at, Set.of("url", "key", "asked"));
        JsonNode asked = node.get("asked");
        if (asked != null && !asked.isBoolean()) {
            throw wrong(at + "/asked", "must be true or false");
        }
        return new ManifestEndpoint(
                url(node, at),
                key(text(node, at, "key", TOKEN, "must be a public key"), at + "/key"),
                asked != null && asked.booleanValue());
    }

    /** As OpenSSL writes it between the lines of a PEM file. */
    private PublicKey key(String base64, String at) {
        try {
            return KeyFactory.getInstance("Ed25519")
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
        } catch (IllegalArgumentException | GeneralSecurityException notOne) {
            throw wrong(at, "must be an Ed25519 public key, SubjectPublicKeyInfo in base64");
        }
    }

    private List<String> commonNames(@Nullable JsonNode node, String at) {
        if (node == null || !node.isArray()) {
            throw wrong(at, "must be a list");
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            var matcher = SUBJECT.matcher(node.get(i).asText());
            if (!matcher.matches()) {
                throw wrong(at + "/" + i, "must read CN= and the certificate's common name");
            }
            String earlier = commonNames.putIfAbsent(matcher.group(1), at + "/" + i);
            if (earlier != null) {
                throw wrong(at + "/" + i, "is the same as " + earlier);
            }
            names.add(matcher.group(1));
        }
        return names;
    }

    /** Plain HTTP is for partners on this very machine; everything else is TLS. */
    private URI url(JsonNode node, String at) {
        String text = text(node, at, "url", TOKEN, "must be an address");
        try {
            URI url = new URI(text);
            String host = url.getHost();
            boolean secure = "https".equals(url.getScheme());
            boolean local = "http".equals(url.getScheme()) && host != null && LOOPBACK.contains(host);
            if (host == null || !(secure || local)) {
                throw wrong(at + "/url", "must be an https address");
            }
            if (url.getUserInfo() != null || url.getQuery() != null || url.getFragment() != null) {
                throw wrong(at + "/url", "must have neither user, query nor fragment");
            }
            return text.endsWith("/") ? new URI(text.substring(0, text.length() - 1)) : url;
        } catch (URISyntaxException e) {
            throw wrong(at + "/url", "is not an address");
        }
    }

    private String text(JsonNode node, String at, String field, Pattern form, String problem) {
        JsonNode value = node.get(field);
        if (value == null || value.isNull()) {
            throw wrong(at + "/" + field, "is missing");
        }
        if (!(value.isTextual() || value.isIntegralNumber())
                || !form.matcher(value.asText()).matches()) {
            throw wrong(at + "/" + field, problem);
        }
        return value.asText();
    }

    private void only(@Nullable JsonNode node, String at, Set<String> known) {
        if (node == null || !node.isObject()) {
            throw wrong(at.isEmpty() ? "/" : at, "must be an object");
        }
        Iterator<String> names = node.fieldNames();
        while (names.hasNext()) {
            String name = names.next();
            if (!known.contains(name)) {
                throw wrong(at + "/" + name, "is not a field of the forces file");
            }
        }
    }

    private InvalidForcesFile wrong(String field, String problem) {
        return new InvalidForcesFile(file, field, problem);
    }
}
