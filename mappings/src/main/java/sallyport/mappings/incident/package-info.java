/** Incident reports as the Incident Reporting API gives them, and what the roles and states in them mean. */
@NullMarked
package sallyport.mappings.incident;

import org.jspecify.annotations.NullMarked;
