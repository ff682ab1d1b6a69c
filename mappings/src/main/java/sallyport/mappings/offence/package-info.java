/** The offences a referral may propose, by their CJS code. */
@NullMarked
package sallyport.mappings.offence;

import org.jspecify.annotations.NullMarked;
