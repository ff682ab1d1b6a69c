/** The simulated prisons: people, incidents, notes, adjudications, and the life that makes them. */
@NullMarked
package sallyport.simulators.world;

import org.jspecify.annotations.NullMarked;
