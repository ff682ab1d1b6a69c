package sallyport.connectors.police.forces;

/** A way to reach a force, in the words of the forces file. */
public enum Channel {
    IHUB("ihub"),
    CJSE("cjse");

    private final String word;

    Channel(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
