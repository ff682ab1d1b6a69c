@NullMarked
package sallyport.routes.phonereportintake;

import org.jspecify.annotations.NullMarked;
