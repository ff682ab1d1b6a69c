/** How fast the hub is, measured on the whole hub with a durable database; nothing here runs in production. */
@NullMarked
package sallyport.bench;

import org.jspecify.annotations.NullMarked;
