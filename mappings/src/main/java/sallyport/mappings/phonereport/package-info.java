/** Reports that prisons give by telephone, as the incident unit writes them down, and the incident report that each belongs to. */
@NullMarked
package sallyport.mappings.phonereport;

import org.jspecify.annotations.NullMarked;
