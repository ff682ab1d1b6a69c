package sallyport.ledger;

/** What follows when bytes left and no answer came. Never a blind second send. */
public enum AfterUnknown {
    /** The partner knows a message it had before: the same bytes go out again. */
    RESEND,
    /** The partner can say whether it has the message: it is asked before anything else happens. */
    ASK,
    /** It can do neither: a person finds out. */
    PARK
}
