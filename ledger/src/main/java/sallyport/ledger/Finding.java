package sallyport.ledger;

import org.jspecify.annotations.Nullable;

/**
 * Something of the evidence log, or of its checkpoints, that is not what it was.
 *
 * @param code {@code entry-changed}, {@code checkpoint-missing}, ...
 * @param entry the number in the chain of the first entry that is concerned; null for a checkpoint alone
 * @param id of that entry's row, where there is one
 * @param checkpoint the number of the checkpoint that is concerned, or that proves it
 * @param text one sentence for a person
 */
public record Finding(String code, @Nullable Long entry, @Nullable Long id, @Nullable Long checkpoint, String text) {}
