package sallyport.renderings;

import sallyport.mappings.referral.NamedDocument;

/**
 * A document to be handed over with the package that names it.
 *
 * @param crc32 of its bytes: a ZIP says it in front of them
 * @param body writes exactly the bytes that are named, or fails before the last of them
 */
public record CarriedDocument(NamedDocument named, long crc32, PackageFile.Body body) {}
