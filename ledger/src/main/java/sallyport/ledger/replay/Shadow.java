package sallyport.ledger.replay;

/** A double on this machine that takes what a replay would send, before anybody's partner does. Supplied by the application. */
@FunctionalInterface
public interface Shadow {

    /** Sends it once; the answer in a word, such as {@code accepted}, {@code status-400} or {@code no-answer}. Never throws. */
    String send(String lane, String messageId, String contentType, byte[] bytes);
}
