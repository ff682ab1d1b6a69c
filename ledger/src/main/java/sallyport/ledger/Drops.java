package sallyport.ledger;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Files that others drop in a directory: committed before they are moved out of it, and each of them once, whoever looks. */
public interface Drops {

    /** Whether this node looks after the feed, which it then does for a minute longer. */
    boolean mine(String feed);

    /**
     * Commits a file with everything it leads to, in one transaction; what is known already is not read again. Empty when another node
     * looks after the feed.
     *
     * @param reading not told when the file is known; told again when another transaction was in the way. What it throws undoes
     *     everything
     */
    Optional<Kept> take(DropId file, Reading reading);

    /**
     * Commits that nothing of a file was taken, with the work item that a person gets.
     *
     * @param file null for one that was not read
     * @return false when another node looks after the feed
     */
    boolean refuse(String feed, @Nullable DropId file, List<String> why, Effect.OpenTask task);

    /** Opens the work item of a feed that cannot be looked after; null words close it. */
    void trouble(String feed, @Nullable String words);

    /** @param sha256 of all its bytes */
    record DropId(String feed, byte[] sha256, long size) {}

    /** Gives what is to be written, piece by piece, so that a large file is never in memory. */
    @FunctionalInterface
    interface Reading {

        /** @return what was left out and why, one line each, without a value; empty when all was taken */
        List<String> read(Consumer<Effect> out);
    }

    /**
     * What is committed.
     *
     * @param seenBefore the same bytes were taken earlier
     * @param why what was left out; empty when all was taken
     */
    record Kept(boolean seenBefore, List<String> why) {

        public Kept {
            why = List.copyOf(why);
        }
    }

    /** Kind of the work items. */
    String TASK = "DROPPED_FILE";
}
