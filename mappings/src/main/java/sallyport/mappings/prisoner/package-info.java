/** People in prison as the prisoner search gives them. */
@NullMarked
package sallyport.mappings.prisoner;

import org.jspecify.annotations.NullMarked;
