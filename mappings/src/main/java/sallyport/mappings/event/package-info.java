/** Domain events as they arrive by queue: hints to go and look. */
@NullMarked
package sallyport.mappings.event;

import org.jspecify.annotations.NullMarked;
