package sallyport.ground;

import java.util.HashMap;
import java.util.Map;

/**
 * The broker without the database, for a machine where PostgreSQL comes from elsewhere: passwords from the environment,
 * none invented; a missing one ends the start with a line that names it.
 */
final class BrokerAlone {
    private BrokerAlone() {}

    static void start(Map<String, String> environment) {
        GroundSettings settings = GroundSettings.from(environment);
        FileHold hold = FileHold.on(settings.data().resolve("broker.lock"), "broker");
        Map<String, String> teams = new HashMap<>();
        settings.teams().forEach(team -> teams.put(team, required(environment, GroundSecrets.teamKey(team))));
        Broker broker = new Broker(
                settings.data().resolve("artemis"),
                settings.brokerPort(),
                required(environment, "SALLYPORT_BROKER_PASSWORD"),
                teams);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            broker.close();
                            hold.close();
                        },
                        "broker-stop"));
        broker.start();
        System.out.println("broker ready: Artemis on 127.0.0.1:" + settings.brokerPort());
    }

    private static String required(Map<String, String> environment, String name) {
        String value = environment.getOrDefault(name, "");
        if (value.isBlank()) {
            throw new GroundFailure(name + " is not set");
        }
        return value;
    }
}
