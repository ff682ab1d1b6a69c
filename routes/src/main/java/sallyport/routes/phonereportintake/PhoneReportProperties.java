package sallyport.routes.phonereportintake;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import sallyport.connectors.wire.Settings;
import sallyport.mappings.match.Policy;

/**
 * What becomes of telephone reports.
 *
 * @param every how often the mailbox is looked at
 * @param link a match with at least this score (1 to 100) is made without a person, if it leads
 * @param lead by at least so much over the next best
 * @param ask below this score nobody is asked either
 * @param followedWithin an incident report should be there this long after the telephone report; else it is a work item
 */
@ConfigurationProperties("sallyport.telephone")
public record PhoneReportProperties(
        @DefaultValue("30s") Duration every,
        @DefaultValue("70") int link,
        @DefaultValue("15") int lead,
        @DefaultValue("50") int ask,
        @DefaultValue("24h") Duration followedWithin) {

    private static final String PREFIX = "sallyport.telephone.";

    public PhoneReportProperties {
        Settings.positive(PREFIX + "every", every);
        Settings.positive(PREFIX + "followed-within", followedWithin);
        Settings.between(PREFIX + "ask", ask, 1, 100);
        Settings.between(PREFIX + "link", link, ask, 100);
        Settings.between(PREFIX + "lead", lead, 1, 100);
    }

    Policy policy() {
        return new Policy(link, lead, ask);
    }
}
