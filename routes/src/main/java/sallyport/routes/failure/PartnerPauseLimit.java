package sallyport.routes.failure;

import org.springframework.stereotype.Component;
import sallyport.connectors.wire.OneShotHttp;

/** Tells all connectors of this hub how long a partner is left alone at most. */
@Component
final class PartnerPauseLimit {

    PartnerPauseLimit(PartnerPauseProperties properties) {
        OneShotHttp.longestPause(properties.longest());
    }
}
