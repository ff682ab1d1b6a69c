package sallyport.connectors.wire;

import java.util.Optional;

/** Whether a partner is there, in one short line without secrets or personal data. */
public interface Health {

    String name();

    /** Nothing when all is well, or what is wrong. */
    Optional<String> problem();
}
