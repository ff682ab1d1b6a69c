/** The pages of the console. */
@org.jspecify.annotations.NullMarked
package sallyport.console.pages;
