package sallyport.ledger;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes what sources and partners say the moment they say it; returns only after the commit. */
public interface Hints {

    /**
     * One transaction for the whole batch: hint rows (an event seen before changes nothing), the work they ask for, and tallies.
     * Only after this returns may the events be deleted at their queue.
     */
    void record(List<Hint> hints);

    /**
     * A domain event.
     *
     * @param messageId the publisher's id of the event
     * @param subject the record it is about, or null
     * @param work what is to be done because of it; empty for an event that is only counted
     */
    record Hint(
            String messageId,
            String eventType,
            @Nullable String subject,
            byte[] raw,
            @Nullable Instant occurredAt,
            List<Effect.RequestWork> work) {

        public Hint {
            work = List.copyOf(work);
        }
    }

    /** Which of these prisoner numbers are in an open case. */
    java.util.Set<String> inOpenCases(java.util.Collection<String> prisonerNumbers);

    /** Which of these prisoner numbers have a charge that is with the police and belongs to no case yet. */
    java.util.Set<String> withOpenCharges(java.util.Collection<String> prisonerNumbers);
}
