package sallyport.ledger;

import org.jspecify.annotations.Nullable;

/** What partners send: stored and committed before it is judged and acknowledged. */
public interface Inbox {

    /**
     * Commits the bytes. The same bytes of the same sender and channel again return the first row, with what became of it. Work
     * ({@link Step#OUTCOME}) is asked for in the same transaction, a minute ahead, should the node die before it judges.
     */
    Stored store(String channel, String sender, byte[] raw);

    /** Commits the refusal. */
    void reject(long inboundId, String code, String where);

    /**
     * Commits that it can be applied and makes that work due at once; where this sender used the message id before for other words
     * it is laid on the conflict desk instead.
     *
     * @param contentSha256 of what is said, whatever wraps it; null where an id may come again with other words
     * @return false for a conflict
     */
    boolean admit(long inboundId, String messageId, @Nullable String caseReference, byte @Nullable [] contentSha256);

    /** @param state RECEIVED for a new one, else what became of the first */
    record Stored(long id, boolean seenBefore, String state, @Nullable String code, @Nullable String where) {

        /** Whether the first was refused, so that this one is too. */
        public boolean refused() {
            return state.equals("REJECTED") || MESSAGE_ID_REUSED.equals(code);
        }
    }

    /** One message id, two messages. */
    String MESSAGE_ID_REUSED = "message-id-reused";
}
