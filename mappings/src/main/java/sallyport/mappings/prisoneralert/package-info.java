/** Alerts about prisoners as the Alerts API gives them, and which of them a liaison officer is shown. */
@NullMarked
package sallyport.mappings.prisoneralert;

import org.jspecify.annotations.NullMarked;
