package sallyport.connectors.police.forces;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the forces file is.
 *
 * @param forcesFile JSON file with each force's channels; absent, the hub is connected to no force
 */
@ConfigurationProperties("sallyport")
public record ForcesProperties(@Nullable Path forcesFile) {}
