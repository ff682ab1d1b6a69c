/** Our own documents as JSON: equal records are equal bytes. */
@NullMarked
package sallyport.mappings.canonical;

import org.jspecify.annotations.NullMarked;
