@NullMarked
package sallyport.routes.incidentintake;

import org.jspecify.annotations.NullMarked;
