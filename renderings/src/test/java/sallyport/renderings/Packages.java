package sallyport.renderings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.canonical.CanonicalJson;
import sallyport.mappings.canonical.Sha256;
import sallyport.mappings.proforma.Proforma;
import sallyport.mappings.proforma.ProformaMapping;

/** Two versions of a package about an incident that never happened, as trees to be changed. */
final class Packages {

    private static final JsonMapper JSON = new JsonMapper();

    private Packages() {}

    static ObjectNode first() {
        return read("first.json");
    }

    static ObjectNode second() {
        return read("second.json");
    }

    static Proforma proforma(JsonNode pkg, @Nullable JsonNode previous) {
        return ProformaMapping.of(pkg, previous);
    }

    static byte[] pdf(JsonNode pkg, @Nullable JsonNode previous) {
        return ProformaPdf.of(proforma(pkg, previous), Sha256.of(CanonicalJson.write(pkg)));
    }

    private static ObjectNode read(String file) {
        try (InputStream in = Packages.class.getResourceAsStream("/sallyport/renderings/" + file)) {
            return (ObjectNode) JSON.readTree(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
