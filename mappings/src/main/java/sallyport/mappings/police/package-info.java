/** The referral package in the words of the police channels: iHub (JSON:API) and CJSE (SOAP), and their answers. */
@NullMarked
package sallyport.mappings.police;

import org.jspecify.annotations.NullMarked;
