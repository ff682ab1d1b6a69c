package sallyport.mappings.referral;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Set;
import sallyport.mappings.Rejected;

/** Holds bytes against the JSON Schema of the referral package: the last check before a package gets its number. */
public final class PackageSchema {

    private static final String RESOURCE = "/sallyport/schema/referral-package-v1.json";
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final JsonSchema SCHEMA = load();

    private PackageSchema() {}

    /**
     * @throws Rejected {@code schema-invalid} with the pointer of the first offending field; {@code not-json}
     */
    public static void validate(byte[] json) {
        JsonNode tree;
        try {
            tree = MAPPER.readTree(json);
        } catch (IOException e) {
            throw new Rejected("not-json", "/");
        }
        Set<ValidationMessage> problems = SCHEMA.validate(tree);
        problems.stream()
                .map(PackageSchema::pointer)
                .min(Comparator.naturalOrder())
                .ifPresent(pointer -> {
                    throw new Rejected("schema-invalid", pointer);
                });
    }

    /** The schema itself, to be published. */
    public static String text() {
        try (InputStream in = open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String pointer(ValidationMessage problem) {
        String place = problem.getInstanceLocation().toString();
        // For a missing or surplus field the library points at the object around it.
        String field = problem.getProperty();
        String pointer = field == null ? place : place + "/" + field;
        return pointer.isEmpty() ? "/" : pointer;
    }

    private static JsonSchema load() {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(
                        text(),
                        InputFormat.JSON,
                        SchemaValidatorsConfig.builder()
                                .pathType(PathType.JSON_POINTER)
                                .build());
    }

    private static InputStream open() {
        InputStream in = PackageSchema.class.getResourceAsStream(RESOURCE);
        if (in == null) {
            throw new IllegalStateException("no resource " + RESOURCE);
        }
        return in;
    }
}
