/** What two renderings of one effect say otherwise, field by field, and which of these fields anybody may see. */
@NullMarked
package sallyport.mappings.difference;

import org.jspecify.annotations.NullMarked;
