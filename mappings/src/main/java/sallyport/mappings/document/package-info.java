/** What kind of file bytes are. */
@NullMarked
package sallyport.mappings.document;

import org.jspecify.annotations.NullMarked;
