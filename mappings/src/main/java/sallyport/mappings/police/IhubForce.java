package sallyport.mappings.police;

/**
 * How iHub knows a force.
 *
 * @param forceIdentifier an integer in text, such as {@code 46}
 * @param brand an integer in text
 */
public record IhubForce(String forceIdentifier, String brand) {}
