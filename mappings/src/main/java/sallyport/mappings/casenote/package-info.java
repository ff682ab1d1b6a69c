/** Case notes as the case notes search gives them. */
@NullMarked
package sallyport.mappings.casenote;

import org.jspecify.annotations.NullMarked;
