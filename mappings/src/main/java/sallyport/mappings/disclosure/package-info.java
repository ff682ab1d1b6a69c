/** Which fields which destination may receive. No profile means nothing. */
@NullMarked
package sallyport.mappings.disclosure;

import org.jspecify.annotations.NullMarked;
