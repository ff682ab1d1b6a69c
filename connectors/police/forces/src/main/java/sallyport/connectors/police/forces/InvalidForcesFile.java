package sallyport.connectors.police.forces;

/** The forces file cannot be used; the message is one line that names the file and the field and holds no secret. */
public final class InvalidForcesFile extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidForcesFile(String file, String field, String problem) {
        super(file + " " + field + ": " + problem);
    }
}
