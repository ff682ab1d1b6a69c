package sallyport.connectors.alerts.mail;

/**
 * One e-mail to the people on call.
 *
 * @param messageId deterministic, letters, digits and hyphens
 * @param subject one line
 * @param text plain
 */
public record AlertMail(String messageId, String subject, String text) {

    /** @throws IllegalArgumentException when a header could be smuggled in */
    public AlertMail {
        if (!messageId.matches("[A-Za-z0-9-]{1,100}")) {
            throw new IllegalArgumentException("a message id is letters, digits and hyphens");
        }
        if (subject.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a subject is one line");
        }
    }
}
