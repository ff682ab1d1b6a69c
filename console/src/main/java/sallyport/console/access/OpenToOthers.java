package sallyport.console.access;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** The console would listen in clear text where other machines reach it; ends the start with one line, as any wrong setting does. */
final class OpenToOthers extends InvalidConfigurationPropertyValueException {

    OpenToOthers() {
        super(
                "server.address",
                "(not shown)",
                "is not loopback: turn on TLS (server.ssl.*) or, where a proxy in front does that, set "
                        + "sallyport.console.behind-proxy=true");
    }
}
