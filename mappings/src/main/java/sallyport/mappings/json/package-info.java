/** Reading of JSON that came from outside: strict about what is used, tolerant of what is not. */
@NullMarked
package sallyport.mappings.json;

import org.jspecify.annotations.NullMarked;
