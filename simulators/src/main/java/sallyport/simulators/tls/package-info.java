/** Certificates made at first start. */
@NullMarked
package sallyport.simulators.tls;

import org.jspecify.annotations.NullMarked;
