package sallyport.ground;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Where the ground keeps its data and where it listens, as the environment says; a setting that cannot be is a
 * {@link GroundFailure} that names it.
 *
 * @param teams the regional teams, each with a queue {@code feed.<team>} and a user {@code team-<team>}
 */
record GroundSettings(Path data, int databasePort, int brokerPort, List<String> teams) {
    static final List<String> TEAMS =
            List.of("regional-north", "regional-south", "police-intelligence", "counter-corruption");

    private static final Pattern TEAM = Pattern.compile("[a-z][a-z0-9-]{0,40}");

    GroundSettings {
        for (String team : teams) {
            if (!TEAM.matcher(team).matches()) {
                throw new GroundFailure("SALLYPORT_TEAMS: \"" + team + "\" is no team's name (a-z, 0-9, -)");
            }
        }
        teams = List.copyOf(teams);
    }

    static GroundSettings from(Map<String, String> environment) {
        String teams = environment.getOrDefault("SALLYPORT_TEAMS", "");
        return new GroundSettings(
                dataDirectory(environment),
                port(environment, "SALLYPORT_DB_PORT", 54329),
                port(environment, "SALLYPORT_BROKER_PORT", 61616),
                teams.isBlank() ? TEAMS : List.of(teams.strip().split("\\s*,\\s*")));
    }

    static Path dataDirectory(Map<String, String> environment) {
        String directory = environment.getOrDefault("SALLYPORT_DATA_DIR", "");
        return Path.of(directory.isBlank() ? "data" : directory)
                .toAbsolutePath()
                .normalize();
    }

    static int port(Map<String, String> environment, String name, int otherwise) {
        String text = environment.getOrDefault(name, "");
        if (text.isBlank()) {
            return otherwise;
        }
        try {
            int port = Integer.parseInt(text.strip());
            if (port > 0 && port < 65536) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Said below, in the same words as a number that is no port.
        }
        throw new GroundFailure(name + " is \"" + text + "\", which is no port");
    }
}
