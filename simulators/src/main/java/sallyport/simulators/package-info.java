/** Runnable doubles of every partner on their real protocols, and the program that starts them. */
@NullMarked
package sallyport.simulators;

import org.jspecify.annotations.NullMarked;
