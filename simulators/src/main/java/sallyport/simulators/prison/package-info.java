/** The prison side's interfaces. */
@NullMarked
package sallyport.simulators.prison;

import org.jspecify.annotations.NullMarked;
