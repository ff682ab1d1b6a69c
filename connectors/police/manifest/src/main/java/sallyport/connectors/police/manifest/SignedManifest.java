package sallyport.connectors.police.manifest;

import sallyport.mappings.police.ForceManifest;

/**
 * A manifest whose signature is the force's own.
 *
 * @param raw as it came, signature and all: the evidence
 */
public record SignedManifest(ForceManifest manifest, byte[] raw) {}
