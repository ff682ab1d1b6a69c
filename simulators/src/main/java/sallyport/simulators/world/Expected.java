package sallyport.simulators.world;

import java.util.Locale;

/** What an incident was built to be. The hub is not told. */
public enum Expected {
    /** Meets a mandatory criterion of the Crime in Prison Referral Agreement. */
    MANDATORY,
    /** The prison itself answered that it goes to the police. */
    PRISON_DECIDED,
    /** A person has to decide. */
    DISCRETIONARY,
    NOT_REFERABLE,
    /** Never leaves draft. */
    WATCHED,
    /** A duplicate, not reportable or deleted before it was ever submitted. */
    WITHDRAWN,
    /** Does not fit its contract. */
    BAD_INPUT,
    /** Names a prisoner that prisoner search does not know. */
    UNKNOWN_PRISONER,
    /** On an escort: the force is where it happened, and a person has to say where. */
    ESCORT,
    /** In a prison on a boundary between forces. */
    FORCE_UNCONFIRMED,
    /** In a prison that is closed. */
    PRISON_WITHOUT_FORCE;

    /** Whether it reaches its force with nobody doing anything. */
    public boolean referable() {
        return this == MANDATORY || this == PRISON_DECIDED;
    }

    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
