package sallyport.simulators.police;

import java.util.List;

/**
 * A police force and how it can be reached.
 *
 * @param channels in its order of preference: {@code ihub}, {@code cjse} or both
 */
public record Force(String code, String name, List<String> channels) {

    public static final String IHUB = "ihub";
    public static final String CJSE = "cjse";

    public boolean hasIhub() {
        return channels.contains(IHUB);
    }

    public boolean hasCjse() {
        return channels.contains(CJSE);
    }

    /** The name of its case system on the exchange. */
    public String system() {
        return "0" + code + "01PoliceCaseSystem";
    }
}
