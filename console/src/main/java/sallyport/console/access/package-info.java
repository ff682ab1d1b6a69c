/** Who may come in, and how: sign-in, roles, throttling, first run, and the address the console listens on. */
@org.jspecify.annotations.NullMarked
package sallyport.console.access;
