package sallyport.ledger.engine;

/** A checkpoint cannot be made, published or read; the message is for operators and holds nothing personal. */
final class CheckpointTrouble extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    CheckpointTrouble(String message) {
        super(message);
    }

    CheckpointTrouble(String message, Throwable cause) {
        super(message, cause);
    }
}
