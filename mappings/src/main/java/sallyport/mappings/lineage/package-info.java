/** For each single value of a package: which source record, place, answer or rule it came from. */
@NullMarked
package sallyport.mappings.lineage;

import org.jspecify.annotations.NullMarked;
