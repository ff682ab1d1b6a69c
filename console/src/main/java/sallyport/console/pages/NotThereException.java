package sallyport.console.pages;

/** There is no such thing within the scope. */
final class NotThereException extends RuntimeException {}
