package sallyport.connectors.police.manifest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import sallyport.mappings.Rejected;

/**
 * A compact JWS (RFC 7515) with an Ed25519 signature (RFC 8037): the one algorithm there is, by the one key that the forces file has for
 * that force. What the header claims about algorithms or keys chooses nothing.
 */
final class ManifestSignature {

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();
    private static final int LONGEST_HEADER = 1_000;

    private ManifestSignature() {}

    /** The signed bytes; {@link Rejected} {@code not-signed} or {@code wrong-signature} when they are not this key's. */
    static byte[] payload(byte[] jws, PublicKey key) {
        String[] parts = new String(jws, StandardCharsets.US_ASCII).strip().split("\\.", -1);
        if (parts.length != 3 || parts[0].length() > LONGEST_HEADER) {
            throw notSigned();
        }
        JsonNode header = header(decoded(parts[0]));
        // An extension marked critical changes what is signed: not understood, so not believed.
        if (!header.path("alg").asText().equals("EdDSA") || header.has("crit")) {
            throw notSigned();
        }
        byte[] signature = decoded(parts[2]);
        try {
            Signature check = Signature.getInstance("Ed25519");
            check.initVerify(key);
            check.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            if (!check.verify(signature)) {
                throw wrong();
            }
        } catch (GeneralSecurityException unusable) {
            throw wrong();
        }
        return decoded(parts[1]);
    }

    private static JsonNode header(byte[] json) {
        try {
            JsonNode header = JSON.readTree(json);
            if (header != null && header.isObject()) {
                return header;
            }
        } catch (IOException unreadable) {
            // Said below.
        }
        throw notSigned();
    }

    private static byte[] decoded(String part) {
        try {
            return Base64.getUrlDecoder().decode(part);
        } catch (IllegalArgumentException noBase64) {
            throw notSigned();
        }
    }

    private static Rejected notSigned() {
        return new Rejected("not-signed", "/");
    }

    private static Rejected wrong() {
        return new Rejected("wrong-signature", "/");
    }
}
