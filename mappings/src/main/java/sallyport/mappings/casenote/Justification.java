package sallyport.mappings.casenote;

import java.util.Arrays;
import java.util.Optional;

/** Why a person may ask for case notes that no rule fetches. The code goes to the force with the note; the person's own words do not. */
public enum Justification {
    VICTIM_ACCOUNT("What a victim said about it"),
    WITNESS_ACCOUNT("What a witness said about it"),
    BACKGROUND("What led up to it"),
    RISK_OF_HARM("A risk to somebody's life or safety"),
    ASKED_BY_FORCE("The force asked for it"),
    /** The prosecution has to know it even where it does not help (Criminal Procedure and Investigations Act 1996). */
    HELPS_THE_DEFENCE("It may help the defence or weaken the case");

    private final String words;

    Justification(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    public static Optional<Justification> of(String code) {
        return Arrays.stream(values()).filter(one -> one.name().equals(code)).findFirst();
    }
}
