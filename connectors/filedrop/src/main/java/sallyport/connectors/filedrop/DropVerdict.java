package sallyport.connectors.filedrop;

import java.util.List;

/**
 * What the ledger has committed about a file, and so where it goes.
 *
 * @param done to {@code done}, else to {@code rejected}
 * @param why what goes beside a file in {@code rejected}: one line each, nothing personal
 */
public record DropVerdict(boolean done, List<String> why) {

    public DropVerdict {
        why = List.copyOf(why);
    }

    public static DropVerdict taken() {
        return new DropVerdict(true, List.of());
    }

    public static DropVerdict rejected(List<String> why) {
        return new DropVerdict(false, why);
    }
}
