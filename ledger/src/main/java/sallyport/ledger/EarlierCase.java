package sallyport.ledger;

import java.util.List;

/**
 * A case that makes a series with another one.
 *
 * @param kind what they have in common: SAME_SUSPECT or SAME_PLACE
 * @param subject the suspect's number as in the later case's report; empty for a place
 * @param sentTo lanes of forces that have a package of it
 */
public record EarlierCase(String kind, String subject, String reference, List<String> sentTo) {

    public EarlierCase {
        sentTo = List.copyOf(sentTo);
    }
}
