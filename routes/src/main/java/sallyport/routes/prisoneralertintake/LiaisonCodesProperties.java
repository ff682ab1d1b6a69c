package sallyport.routes.prisoneralertintake;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which prisoner alerts are shown, and as what.
 *
 * @param file a table of the operator's own in place of the hub's: CSV with the columns code, group and meaning; empty means the hub's
 */
@ConfigurationProperties("sallyport.liaison-codes")
public record LiaisonCodesProperties(@DefaultValue("") String file) {}
