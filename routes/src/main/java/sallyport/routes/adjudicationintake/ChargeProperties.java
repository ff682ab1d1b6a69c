package sallyport.routes.adjudicationintake;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import sallyport.connectors.wire.Settings;
import sallyport.mappings.match.Policy;

/**
 * What becomes of charges that a prison has referred to the police.
 *
 * @param link a match with at least this score (1 to 100) is made without a person, if it leads
 * @param lead by at least so much over the next best
 * @param ask below this score nobody is asked either
 * @param openAfter a referred charge that no incident fits opens a case of its own so long after the hub learned of it
 */
@ConfigurationProperties("sallyport.adjudication")
public record ChargeProperties(
        @DefaultValue("75") int link,
        @DefaultValue("15") int lead,
        @DefaultValue("50") int ask,
        @DefaultValue("4h") Duration openAfter) {

    private static final String PREFIX = "sallyport.adjudication.";

    public ChargeProperties {
        Settings.between(PREFIX + "ask", ask, 1, 100);
        Settings.between(PREFIX + "link", link, ask, 100);
        Settings.between(PREFIX + "lead", lead, 1, 100);
        Settings.positive(PREFIX + "open-after", openAfter);
    }

    public Policy policy() {
        return new Policy(link, lead, ask);
    }
}
