/** The referral package: what is sent to the police for a case, as one canonical record tree, and how it is assembled, written and compared. */
@NullMarked
package sallyport.mappings.referral;

import org.jspecify.annotations.NullMarked;
