package sallyport.connectors.police.cjse;

import java.time.Duration;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import sallyport.connectors.police.forces.CjseEndpoint;
import sallyport.connectors.wire.OneShotHttp;
import sallyport.connectors.wire.Settings;
import sallyport.mappings.police.CjseAddress;

/**
 * Who the hub is on the exchange, and the limits of every call; where a force is stands in the forces file.
 *
 * @param sourceId of the outer request, at most 50 characters without white space
 * @param systemId of the hub in {@code RequestFromSystem}, at most 50 characters without white space
 * @param organizationalUnitId of the hub, 7 or 8 characters
 * @param dataController of what is sent, at most 50 characters
 * @param connectTimeout until the TCP connection stands
 * @param timeout from the first step to the last byte of the answer; at most half the lease of an effect
 * @param answerBytes the largest answer that is read
 */
@ConfigurationProperties("sallyport.cjse")
public record CjseProperties(
        @DefaultValue("SallyportHub") String sourceId,
        @DefaultValue("SallyportHub") String systemId,
        @DefaultValue("SPHUB00") String organizationalUnitId,
        @DefaultValue("HMPPS") String dataController,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("30s") Duration timeout,
        @DefaultValue("65536") long answerBytes) {

    private static final Pattern SYSTEM = Pattern.compile("\\S{1,50}");
    private static final Pattern UNIT = Pattern.compile("\\S{7,8}");

    public CjseProperties {
        matching("sallyport.cjse.source-id", sourceId, SYSTEM);
        matching("sallyport.cjse.system-id", systemId, SYSTEM);
        matching("sallyport.cjse.organizational-unit-id", organizationalUnitId, UNIT);
        matching("sallyport.cjse.data-controller", dataController, SYSTEM);
        Settings.positive("sallyport.cjse.connect-timeout", connectTimeout);
        Settings.positive("sallyport.cjse.timeout", timeout);
        Settings.between("sallyport.cjse.timeout", timeout.toSeconds(), 0, 60);
        Settings.between("sallyport.cjse.answer-bytes", answerBytes, 1, 1_000_000);
    }

    private static void matching(String name, String value, Pattern form) {
        if (!form.matcher(value).matches()) {
            throw Settings.wrong(name, "must match " + form.pattern());
        }
    }

    /** From the hub to one force's system. */
    public CjseAddress to(CjseEndpoint endpoint) {
        return new CjseAddress(sourceId, systemId, organizationalUnitId, dataController, endpoint.destinationId());
    }

    OneShotHttp.Limits limits() {
        return new OneShotHttp.Limits(connectTimeout, timeout, answerBytes);
    }
}
