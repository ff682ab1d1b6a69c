package sallyport.connectors.police.partnerport;

import java.util.Optional;
import sallyport.connectors.wire.Health;

/** Up while the port listens. */
final class PartnerPortHealth implements Health {

    private final PartnerConnector connector;

    PartnerPortHealth(PartnerConnector connector) {
        this.connector = connector;
    }

    @Override
    public String name() {
        return "partner-port";
    }

    @Override
    public Optional<String> problem() {
        return connector.listening() ? Optional.empty() : Optional.of("the partner port does not listen");
    }
}
