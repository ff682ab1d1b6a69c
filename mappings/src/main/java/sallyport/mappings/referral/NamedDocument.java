package sallyport.mappings.referral;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import sallyport.mappings.disclosure.DisclosureProfile;
import sallyport.mappings.document.ContactKinds;
import sallyport.mappings.document.DocumentType;

/**
 * A document that a package names whole, so that whoever has the package can be handed its bytes and tell that they are the ones.
 *
 * @param number within the hub
 * @param size in bytes
 * @param sha256 64 lower-case hex digits
 */
public record NamedDocument(long number, String mediaType, long size, String sha256) {

    private static final List<String> FIELDS = List.of("number", "mediaType", "size", "sha256");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    /**
     * Those of a package, in its order. One of which number, type, size or hash is missing is not among them: what a disclosure profile
     * leaves of a package decides about the bytes too.
     *
     * @param pkg whole, or what a profile left of it
     */
    public static List<NamedDocument> in(JsonNode pkg) {
        List<NamedDocument> named = new ArrayList<>();
        for (JsonNode one : pkg.path("documents")) {
            NamedDocument document = new NamedDocument(
                    one.path("number").asLong(),
                    one.path("mediaType").asText(),
                    one.path("size").asLong(),
                    one.path("sha256").asText());
            if (document.isWhole()) {
                named.add(document);
            }
        }
        return List.copyOf(named);
    }

    /** Whether one of the documents of a package holds the contacts of a witness. */
    public static boolean anyWithContacts(JsonNode pkg) {
        for (JsonNode one : pkg.path("documents")) {
            if (ContactKinds.has(one.path("kind").asText())) {
                return true;
            }
        }
        return false;
    }

    /** Whether a destination with this profile is told of documents whole, and so gets their bytes. */
    public static boolean pass(DisclosureProfile profile) {
        return FIELDS.stream().allMatch(field -> profile.allows("/documents/*/" + field));
    }

    private boolean isWhole() {
        return number > 0
                && !mediaType.isEmpty()
                && size > 0
                && HASH.matcher(sha256).matches();
    }

    /** What it is called beside the package: what people called it stays with the case. */
    public String fileName() {
        return "document-" + number + "." + DocumentType.ending(mediaType);
    }
}
