package sallyport.connectors.police.forces;

import java.util.List;
import java.util.Optional;

/**
 * One police force as this hub knows it.
 *
 * @param code two-digit force code, such as {@code 46}
 * @param name what people call it
 * @param channels in order of preference, at least one, each with its endpoint below
 * @param manifest of the forces that say what they received
 * @param certificateSubjects subject common names of the client certificates the force calls with
 */
public record Force(
        String code,
        String name,
        List<Channel> channels,
        Optional<IhubEndpoint> ihub,
        Optional<CjseEndpoint> cjse,
        Optional<ManifestEndpoint> manifest,
        List<String> certificateSubjects) {

    public Force {
        channels = List.copyOf(channels);
        certificateSubjects = List.copyOf(certificateSubjects);
    }
}
