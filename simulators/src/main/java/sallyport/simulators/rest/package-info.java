/** One small REST server that every REST partner hangs in. */
@NullMarked
package sallyport.simulators.rest;

import org.jspecify.annotations.NullMarked;
