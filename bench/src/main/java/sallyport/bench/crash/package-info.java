/** The crash suite: the whole installation in processes of their own, struck again and again, and compared with the partners' logs. */
@NullMarked
package sallyport.bench.crash;

import org.jspecify.annotations.NullMarked;
