/** Adjudications as the Manage Adjudications API gives them. */
@NullMarked
package sallyport.mappings.adjudication;

import org.jspecify.annotations.NullMarked;
