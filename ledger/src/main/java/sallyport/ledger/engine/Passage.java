package sallyport.ledger.engine;

/** What may leave the hub just now. */
enum Passage {
    ALL,
    /** Only the immediate class, on an operator's word. */
    IMMEDIATE,
    NOTHING
}
