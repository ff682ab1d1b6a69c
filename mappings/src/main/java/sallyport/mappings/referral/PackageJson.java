package sallyport.mappings.referral;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import sallyport.mappings.Rejected;
import sallyport.mappings.canonical.CanonicalJson;

/** The package as bytes and back. Equal packages are equal bytes; bytes that are no package are {@code Rejected("schema-invalid", pointer)}. */
public final class PackageJson {

    /** The factor of Annex D that a series is. */
    static final String REPEATED = "REPEAT_OR_ESCALATING";

    private PackageJson() {}

    public static byte[] write(ReferralPackage pkg) {
        return CanonicalJson.write(tree(pkg));
    }

    /** The package as a tree, to be cut to a disclosure profile; a new tree on every call. */
    public static ObjectNode tree(ReferralPackage pkg) {
        return CanonicalJson.tree(pkg);
    }

    /**
     * What the receiver learns: the package without its number, its kind and its lineage. Two packages of one case with equal content
     * bytes say the same, and the later one need not be sent. A series is not news by itself: it goes along with what is, so that one
     * more case in a place does not send all the others again.
     */
    public static byte[] contentBytes(ReferralPackage pkg) {
        ObjectNode tree = tree(pkg);
        tree.remove(List.of("version", "kind", "lineage"));
        if (tree.get("grounds") instanceof ObjectNode grounds) {
            grounds.remove("series");
            removeRepeated(grounds);
        }
        return CanonicalJson.write(tree);
    }

    /** It is there with a series; a person who says it has a reason beside it, which is news. */
    private static void removeRepeated(ObjectNode grounds) {
        if (grounds.get("aggravating") instanceof ArrayNode factors) {
            for (int index = factors.size() - 1; index >= 0; index--) {
                if (factors.get(index).asText().equals(REPEATED)) {
                    factors.remove(index);
                }
            }
            if (factors.isEmpty()) {
                grounds.remove("aggravating");
            }
        }
    }

    /**
     * @throws Rejected {@code not-json}, or {@code schema-invalid} with the pointer of the field
     */
    public static ReferralPackage read(byte[] json) {
        return CanonicalJson.read(json, ReferralPackage.class);
    }
}
