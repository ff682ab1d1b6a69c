package sallyport.mappings.match;

/**
 * What speaks for a match or against it.
 *
 * @param code the row of the table of points
 */
public record Reason(String code, int points) {

    @Override
    public String toString() {
        return code + (points < 0 ? " " : " +") + points;
    }
}
