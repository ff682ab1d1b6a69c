package sallyport.ledger;

import java.util.Arrays;

/** Kinds of destination. A route claims a family's lanes with {@code from("ledger:lanes/<path>")}. */
public enum LaneFamily {
    FORCE("force"),
    TRACKER("tracker"),
    FEED("feed"),
    ADJUDICATION("adjudication");

    private final String path;

    LaneFamily(String path) {
        this.path = path;
    }

    public String path() {
        return path;
    }

    /** @throws IllegalArgumentException when there is no such family */
    public static LaneFamily of(String path) {
        return Arrays.stream(values())
                .filter(family -> family.path.equals(path))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such lane family: " + path));
    }
}
