package sallyport.mappings.force;

import sallyport.mappings.identity.ForceCode;

/**
 * A prison and the force of the place it stands in, as the table has it.
 *
 * @param prisonId NOMIS id, such as {@code MDI}
 * @param prisonName as published, such as {@code Moorland (HMP & YOI)}
 * @param force PNC code
 * @param forceName as published
 * @param certain false where the prison stands near a boundary and nobody has confirmed the force
 * @param postcode from which the force was found
 * @param boundary true where the prison stands near a boundary, confirmed or not: there the postcode decides
 */
public record PrisonForce(
        String prisonId,
        String prisonName,
        ForceCode force,
        String forceName,
        boolean certain,
        String postcode,
        boolean boundary) {}
