/** Identifiers that have rules: each is checked when it is made, so a value of these types is always well formed. */
@NullMarked
package sallyport.mappings.identity;

import org.jspecify.annotations.NullMarked;
