package sallyport.console.api;

/** There is no such thing within the scope. */
final class NotThereException extends RuntimeException {}
