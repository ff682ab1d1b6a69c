package sallyport.mappings.police;

import java.util.Optional;

/** The codes of CJSE, in {@code ResponseCode} of a SubmitResponse and in {@code Code} of a RouteDataResp. */
public enum CjseStatus {
    SUCCESS(1, "Success"),
    UNKNOWN_SYSTEM(301, "UnknownSystem"),
    /** The same request came before: what was sent then has arrived. */
    PREVIOUSLY_SENT(302, "PreviouslySent"),
    WRONG_SOURCE(304, "WrongSource"),
    WRONG_DESTINATION(305, "WrongDestination"),
    INVALID_CORRELATION_ID(306, "InvalidCorrelationID"),
    MODE_ERROR(307, "ModeError"),
    INVALID_ORGANIZATIONAL_UNIT_ID(308, "InvalidOrganizationalUnitID"),
    INVALID_OFFENCE_CODE(309, "InvalidOffenceCode"),
    UNUSABLE_DATA_STREAM(1310, "UnusableDataStream"),
    UNKNOWN_ROUTE_SOURCE_SYSTEM(1317, "UnknownRouteSourceSystem"),
    UNKNOWN_ROUTE_DESTINATION_SYSTEM(1318, "UnknownRouteDestinationSystem"),
    SAME_SOURCE_AND_DESTINATION_SYSTEM(1321, "SameSourceAndDestinationSystem"),
    DISALLOWED_DATA_STREAM_TYPE(1359, "DisallowedDataStreamType");

    private final int code;
    private final String text;

    CjseStatus(int code, String text) {
        this.code = code;
        this.text = text;
    }

    public int code() {
        return code;
    }

    public String text() {
        return text;
    }

    /** Whether it proves that the message is there. */
    public boolean arrived() {
        return this == SUCCESS || this == PREVIOUSLY_SENT;
    }

    public static Optional<CjseStatus> of(int code) {
        for (CjseStatus status : values()) {
            if (status.code == code) {
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }
}
