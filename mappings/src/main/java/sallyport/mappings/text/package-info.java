/** Text that may be stored, shown and sent anywhere. */
@NullMarked
package sallyport.mappings.text;

import org.jspecify.annotations.NullMarked;
