/** What the console says: codes in plain words, one case as a story, and what people type, checked. */
@org.jspecify.annotations.NullMarked
package sallyport.console.words;
