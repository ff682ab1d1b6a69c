package sallyport.mappings.police;

/**
 * Who sends to whom, in CJSE's words.
 *
 * @param sourceId of the outer request, such as {@code SallyportHub}
 * @param systemId of the hub, 1 to 50 characters
 * @param organizationalUnitId of the hub, 7 or 8 characters
 * @param dataController of the data sent, 1 to 50 characters
 * @param destinationId of the force's system, such as {@code 00501PoliceCaseSystem}
 */
public record CjseAddress(
        String sourceId, String systemId, String organizationalUnitId, String dataController, String destinationId) {}
