/** Which police force a prison belongs to: the force of the place of the offence. */
@NullMarked
package sallyport.mappings.force;

import org.jspecify.annotations.NullMarked;
