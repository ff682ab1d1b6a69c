/** Whether two records that share no key are of one matter: a score with its reasons, and who decides. */
@org.jspecify.annotations.NullMarked
package sallyport.mappings.match;
