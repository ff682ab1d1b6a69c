/** What comes back from the police: the outcome message and the Home Office outcome types. */
@NullMarked
package sallyport.mappings.outcome;

import org.jspecify.annotations.NullMarked;
