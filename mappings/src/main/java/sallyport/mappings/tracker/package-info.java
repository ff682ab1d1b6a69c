/** The police referral tracker: one row per case, without names of persons in custody or victims. */
@NullMarked
package sallyport.mappings.tracker;

import org.jspecify.annotations.NullMarked;
