/** Times as the prison systems write them, which is mostly without an offset. */
@NullMarked
package sallyport.mappings.time;

import org.jspecify.annotations.NullMarked;
