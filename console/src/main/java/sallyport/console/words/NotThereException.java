package sallyport.console.words;

/** There is no such thing within the scope. Whether there is one outside it is told to nobody. */
public final class NotThereException extends RuntimeException {}
