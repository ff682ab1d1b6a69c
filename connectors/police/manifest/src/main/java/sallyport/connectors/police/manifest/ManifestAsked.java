package sallyport.connectors.police.manifest;

import java.util.Optional;
import sallyport.connectors.wire.Accepted;

/** Whether the force has a message; empty: it does not have it, and by its own word it names all that it has. */
public record ManifestAsked(Optional<Accepted> hasIt) {}
