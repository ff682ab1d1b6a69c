package sallyport.simulators.world;

/** The marker that every invented personal field carries, so that one in a log or a metric gives itself away. */
public final class Canary {

    public static final String PREFIX = "Kanari";

    /** Case is to be ignored: prisoner search gives names in capitals. */
    public static final String REGEX = "(?i)kanari[0-9a-z]+";

    private Canary() {}

    /**
     * @param kind one letter for what is marked: p a prisoner, s staff, t a text, o an officer
     */
    public static String of(char kind, long number) {
        return PREFIX + kind + Long.toString(number, 36);
    }
}
