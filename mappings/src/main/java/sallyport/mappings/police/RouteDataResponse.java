package sallyport.mappings.police;

/**
 * A force's answer to a message of ours. With several routes it is the first that did not arrive, else the first.
 *
 * @param requestId of the submit request that brought the answer: to be repeated in the acknowledgement
 * @param correlationId the one that was sent: {@link MessageIds#packageOf} says what it was about
 * @param code one of {@link CjseStatus}, or one that we do not know
 * @param statusClass in the force's words, such as {@code FatalError}
 */
public record RouteDataResponse(String requestId, String correlationId, int code, String statusClass)
        implements CjseInbound {

    /** Whether the force has the package (code 1, or 302 PreviouslySent). */
    public boolean delivered() {
        return CjseStatus.of(code).map(CjseStatus::arrived).orElse(false);
    }
}
