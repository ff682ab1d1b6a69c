package sallyport.ground;

/** Says in one line why the ground cannot be given; whoever starts a process prints it and ends. */
public final class GroundFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public GroundFailure(String message) {
        super(message);
    }

    public GroundFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
