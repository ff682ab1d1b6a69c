package sallyport.simulators.world;

/**
 * An establishment and the force whose ground it stands on.
 *
 * @param boundary its force needs a person's confirmation
 */
public record Prison(
        String id,
        String name,
        String type,
        String category,
        String gender,
        boolean contracted,
        String town,
        String postcode,
        String force,
        String forceName,
        boolean boundary) {}
