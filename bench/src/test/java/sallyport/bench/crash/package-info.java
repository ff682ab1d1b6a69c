@NullMarked
package sallyport.bench.crash;

import org.jspecify.annotations.NullMarked;
