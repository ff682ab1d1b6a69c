package sallyport.mappings.referral;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import sallyport.mappings.Rejected;
import sallyport.mappings.canonical.CanonicalJson;

/** The package as bytes and back. Equal packages are equal bytes; bytes that are no package are {@code Rejected("schema-invalid", pointer)}. */
public final class PackageJson {

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
        }
        return CanonicalJson.write(tree);
    }

    /**
     * @throws Rejected {@code not-json}, or {@code schema-invalid} with the pointer of the field
     */
    public static ReferralPackage read(byte[] json) {
        return CanonicalJson.read(json, ReferralPackage.class);
    }
}
