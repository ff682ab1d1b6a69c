/** Prisons as the prison register gives them. */
@NullMarked
package sallyport.mappings.prisonregister;

import org.jspecify.annotations.NullMarked;
