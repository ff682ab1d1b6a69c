package sallyport.connectors.police.forces;

import java.net.URI;

/**
 * Where one force's case system is reached through the exchange.
 *
 * @param url the SOAP endpoint
 * @param destinationId the system's name on the exchange, such as {@code 00601PoliceCaseSystem}; no white space, at most 50 characters
 */
public record CjseEndpoint(URI url, String destinationId) {}
