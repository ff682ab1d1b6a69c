package sallyport.connectors.prison.phonereports;

/**
 * Asks for the mails behind a mark.
 *
 * @param stuck whether reading from here has failed several times: then the first mail, should it fail again, is refused, so that it does
 *     not hold up those behind it for ever
 */
public record MailboxQuery(MailboxMark mark, boolean stuck) {}
