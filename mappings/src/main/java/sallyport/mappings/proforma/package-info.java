/** The referral proforma: a package in the words and the order in which an officer reads it, without a look of its own. */
@NullMarked
package sallyport.mappings.proforma;

import org.jspecify.annotations.NullMarked;
