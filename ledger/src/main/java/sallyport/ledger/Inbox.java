package sallyport.ledger;

import org.jspecify.annotations.Nullable;

/** What partners send: stored and committed before it is judged and acknowledged. */
public interface Inbox {

    /**
     * Commits the bytes. The same bytes of the same sender and channel again return the first row, with what became of it. Work
     * ({@link Step#OUTCOME}) is asked for in the same transaction, a minute ahead, should the node die before it judges.
     */
    Stored store(String channel, String sender, byte[] raw);

    /** Commits the judgement and, when valid, makes the work due at once. */
    void judge(
            long inboundId,
            boolean valid,
            @Nullable String messageId,
            @Nullable String caseReference,
            @Nullable String code,
            @Nullable String where);

    /** @param state RECEIVED for a new one, else what became of the first */
    record Stored(long id, boolean seenBefore, String state, @Nullable String code, @Nullable String where) {}
}
