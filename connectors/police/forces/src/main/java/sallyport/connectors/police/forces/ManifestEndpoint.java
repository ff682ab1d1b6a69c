package sallyport.connectors.police.forces;

import java.net.URI;
import java.security.PublicKey;

/**
 * Where one force says what it received, and whose signature makes that believed.
 *
 * @param url the address below which each day lies, without a closing slash
 * @param key Ed25519
 * @param asked a message whose sending had no answer is looked for in the manifest of the moment, instead of by a person
 */
public record ManifestEndpoint(URI url, PublicKey key, boolean asked) {}
