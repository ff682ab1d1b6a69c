package sallyport.mappings.lineage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.canonical.CanonicalJson;

/**
 * A lineage as a file that stands beside its package: names of records and of places in them, and not one value of either. Equal lineages
 * are equal bytes.
 */
public final class LineageJson {

    /** Names the JSON Schema that the written lineage obeys. */
    public static final String SCHEMA = "package-lineage-v1";

    private static final String RESOURCE = "/sallyport/schema/package-lineage-v1.json";

    private LineageJson() {}

    private record Document(
            String schema,
            String caseReference,
            int version,
            String packageSha256,
            @Nullable String mappingVersion,
            @Nullable String ruleVersion,
            String tracedBy,
            List<FieldOrigin> fields) {}

    /** @param packageSha256 of the package as it was numbered, 64 lower-case hex digits */
    public static byte[] write(PackageLineage lineage, String packageSha256) {
        return CanonicalJson.write(CanonicalJson.tree(new Document(
                SCHEMA,
                lineage.caseReference(),
                lineage.version(),
                packageSha256,
                lineage.mappingVersion(),
                lineage.ruleVersion(),
                lineage.tracedBy(),
                lineage.fields())));
    }

    /** The schema itself, to be handed over with it. */
    public static String schemaText() {
        try (InputStream in = LineageJson.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + RESOURCE);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
