/** Case events for the regional teams, as CloudEvents. */
@NullMarked
package sallyport.mappings.feed;

import org.jspecify.annotations.NullMarked;
