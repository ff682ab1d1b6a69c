/** Code tables kept as CSV, so that people who do not write Java can review them. */
@NullMarked
package sallyport.mappings.table;

import org.jspecify.annotations.NullMarked;
