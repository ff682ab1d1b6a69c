/** A virus scanner. */
@NullMarked
package sallyport.simulators.scanner;

import org.jspecify.annotations.NullMarked;
