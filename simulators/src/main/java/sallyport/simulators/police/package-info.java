/** The forces, their answers and the tracker. */
@NullMarked
package sallyport.simulators.police;

import org.jspecify.annotations.NullMarked;
