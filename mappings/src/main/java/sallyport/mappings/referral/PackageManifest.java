package sallyport.mappings.referral;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.canonical.CanonicalJson;

/**
 * What is in a package that is handed over as files, so that whoever receives it can tell whether all of it arrived as it left.
 *
 * @param manifest {@value #SCHEMA}
 * @param profile the disclosure profile it was cut to; absent where it is whole
 * @param sha256 of the whole package as the hub numbered it, whatever it was cut to; 64 lower-case hex digits
 * @param schema of the package
 * @param form how the proforma was worded
 * @param files all but this manifest, in the order of their names
 */
public record PackageManifest(
        String manifest,
        String caseReference,
        int version,
        String kind,
        String marking,
        @Nullable String profile,
        String sha256,
        Instant builtAt,
        String schema,
        String ruleVersion,
        String mappingVersion,
        String form,
        List<File> files) {

    /** Names the JSON Schema that the written manifest obeys. */
    public static final String SCHEMA = "package-manifest-v1";

    private static final String RESOURCE = "/sallyport/schema/package-manifest-v1.json";

    public PackageManifest {
        files = List.copyOf(files);
    }

    /**
     * @param size in bytes
     * @param sha256 of the bytes, 64 lower-case hex digits
     * @param schema that it obeys, where it is JSON and has one
     */
    public record File(String name, String mediaType, long size, String sha256, @Nullable String schema) {}

    public byte[] write() {
        return CanonicalJson.write(CanonicalJson.tree(this));
    }

    /** The schema itself, to be handed over with it. */
    public static String schemaText() {
        try (InputStream in = PackageManifest.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + RESOURCE);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
