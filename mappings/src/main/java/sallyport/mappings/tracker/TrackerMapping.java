package sallyport.mappings.tracker;

import sallyport.mappings.canonical.CanonicalJson;
import sallyport.mappings.disclosure.DisclosureProfile;

/** A case's row as the tracker's JSON, cut to the tracker's profile. Equal rows are equal bytes; never fails. */
public final class TrackerMapping {

    private TrackerMapping() {}

    /**
     * @param profile of the destination {@code tracker}
     */
    public static byte[] render(TrackerRow row, DisclosureProfile profile) {
        return CanonicalJson.write(profile.cut(CanonicalJson.tree(row)));
    }

    /**
     * The row that was rendered.
     *
     * @throws sallyport.mappings.Rejected {@code not-json} or {@code schema-invalid}, with the pointer
     */
    public static TrackerRow read(byte[] row) {
        return CanonicalJson.read(row, TrackerRow.class);
    }
}
