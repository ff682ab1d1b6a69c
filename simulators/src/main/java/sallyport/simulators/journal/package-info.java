/** What the simulators keep on disk, and how it is read again. */
@NullMarked
package sallyport.simulators.journal;

import org.jspecify.annotations.NullMarked;
