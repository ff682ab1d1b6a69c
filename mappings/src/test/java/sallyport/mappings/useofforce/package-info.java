@NullMarked
package sallyport.mappings.useofforce;

import org.jspecify.annotations.NullMarked;
