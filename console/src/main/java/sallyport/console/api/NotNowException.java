package sallyport.console.api;

/** It is not in a state in which this can be asked. */
final class NotNowException extends RuntimeException {

    private final String why;

    NotNowException(String why) {
        this.why = why;
    }

    String why() {
        return why;
    }
}
