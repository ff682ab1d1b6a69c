/** Packages as files, for the console and the API alike. */
@NullMarked
package sallyport.console.packages;

import org.jspecify.annotations.NullMarked;
