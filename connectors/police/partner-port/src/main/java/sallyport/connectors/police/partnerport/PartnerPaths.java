package sallyport.connectors.police.partnerport;

import java.util.Map;
import java.util.Set;

/** What partners can call, and nothing besides: path to media types. */
public final class PartnerPaths {

    /** Everything that {@link PartnerGate} guards, as a pattern for the security of the rest. */
    public static final String ALL = "/partner/**";

    static final String ROOT = "/partner";
    static final String OUTCOMES = "/partner/v1/outcomes";
    static final String CJSE = "/partner/cjse";

    static final Map<String, Set<String>> MEDIA_TYPES =
            Map.of(OUTCOMES, Set.of("application/json"), CJSE, Set.of("text/xml"));

    private PartnerPaths() {}
}
