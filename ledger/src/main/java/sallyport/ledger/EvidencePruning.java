package sallyport.ledger;

import java.time.Instant;

/**
 * Cuts the oldest entries off the evidence log when their retention is over. What is cut is named first in a signed statement
 * outside the database, which {@code verify} accepts in place of the entries and which nothing else can make.
 */
public interface EvidencePruning {

    /**
     * Cuts off, oldest first and in batches, the entries of the chain before the first one that is not older than this; never
     * beyond the last published checkpoint. What an earlier call was stopped in the middle of is finished first.
     *
     * @return how many entries were removed by this call
     * @throws IllegalStateException when the statement cannot be put where it belongs: then nothing was removed for it
     */
    long pruneTo(Instant before);
}
