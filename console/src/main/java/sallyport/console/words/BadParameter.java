package sallyport.console.words;

import java.util.List;

/** A parameter that cannot be what was sent. Names the parameter and says what it may be, never what it was. */
public final class BadParameter extends RuntimeException {

    private final String parameter;
    private final String rule;
    private final List<String> allowed;

    public BadParameter(String parameter, String rule) {
        this(parameter, rule, List.of());
    }

    public BadParameter(String parameter, String rule, List<String> allowed) {
        super(parameter + " " + rule);
        this.parameter = parameter;
        this.rule = rule;
        this.allowed = List.copyOf(allowed);
    }

    public String parameter() {
        return parameter;
    }

    /** Goes on from the name of the parameter: "must be …". */
    public String rule() {
        return rule;
    }

    /** Empty when it is not a list. */
    public List<String> allowed() {
        return allowed;
    }
}
