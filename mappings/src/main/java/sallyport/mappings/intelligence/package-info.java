/** Notices that intelligence exists: never what it says. */
@NullMarked
package sallyport.mappings.intelligence;

import org.jspecify.annotations.NullMarked;
