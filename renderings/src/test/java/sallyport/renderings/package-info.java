@NullMarked
package sallyport.renderings;

import org.jspecify.annotations.NullMarked;
