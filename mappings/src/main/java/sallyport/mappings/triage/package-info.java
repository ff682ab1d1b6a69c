/** The crime-in-prison referral criteria as tables, and the verdict they give on an incident report. */
@NullMarked
package sallyport.mappings.triage;

import org.jspecify.annotations.NullMarked;
