/** Files for people, made of documents that mappings put into words. Nothing here reaches for anything outside of its own jar. */
@NullMarked
package sallyport.renderings;

import org.jspecify.annotations.NullMarked;
