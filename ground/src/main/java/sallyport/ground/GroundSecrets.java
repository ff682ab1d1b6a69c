package sallyport.ground;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The passwords of the ground, made at first start and kept in {@code <data>/ground.env} beside the addresses the hub
 * needs; refuses to make new ones for a database that has old ones.
 */
record GroundSecrets(Map<String, String> entries) {
    static final String DATABASE = "sallyport";
    static final String DATABASE_USER = "sallyport";
    static final String BROKER_USER = "hub";

    private static final String SUPERUSER_PASSWORD = "GROUND_SUPERUSER_PASSWORD";
    private static final String ALPHABET = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final int LENGTH = 32;

    static GroundSecrets keptIn(GroundSettings settings) {
        Path file = settings.data().resolve("ground.env");
        if (!Files.exists(file) && Files.exists(settings.data().resolve("postgres"))) {
            throw new GroundFailure(
                    file + " is missing, and the database in " + settings.data().resolve("postgres")
                            + " keeps its passwords: put the file back, or remove both to begin anew");
        }
        Map<String, String> known = EnvFile.read(file);
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("SALLYPORT_DB_URL", "jdbc:postgresql://127.0.0.1:" + settings.databasePort() + "/" + DATABASE);
        entries.put("SALLYPORT_DB_USER", DATABASE_USER);
        entries.put("SALLYPORT_DB_PASSWORD", keptOrNew(known, "SALLYPORT_DB_PASSWORD"));
        entries.put("SALLYPORT_BROKER_URL", "tcp://127.0.0.1:" + settings.brokerPort());
        entries.put("SALLYPORT_BROKER_USER", BROKER_USER);
        entries.put("SALLYPORT_BROKER_PASSWORD", keptOrNew(known, "SALLYPORT_BROKER_PASSWORD"));
        for (String team : settings.teams()) {
            entries.put(teamKey(team), keptOrNew(known, teamKey(team)));
        }
        entries.put(SUPERUSER_PASSWORD, keptOrNew(known, SUPERUSER_PASSWORD));
        // A team that is not listed today keeps its password for the day it is listed again.
        known.forEach(entries::putIfAbsent);
        EnvFile.write(file, "Made by the ground at its first start. Passwords: keep this file to yourself.", entries);
        return new GroundSecrets(entries);
    }

    String superuserPassword() {
        return required(SUPERUSER_PASSWORD);
    }

    String databasePassword() {
        return required("SALLYPORT_DB_PASSWORD");
    }

    String brokerPassword() {
        return required("SALLYPORT_BROKER_PASSWORD");
    }

    String teamPassword(String team) {
        return required(teamKey(team));
    }

    static String teamKey(String team) {
        return "SALLYPORT_TEAM_" + team.toUpperCase(Locale.ROOT).replace('-', '_') + "_PASSWORD";
    }

    static String generated() {
        SecureRandom random = new SecureRandom();
        StringBuilder password = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            password.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return password.toString();
    }

    private String required(String key) {
        String value = entries.get(key);
        if (value == null) {
            throw new GroundFailure("no " + key + " in ground.env");
        }
        return value;
    }

    private static String keptOrNew(Map<String, String> known, String key) {
        String kept = known.getOrDefault(key, "");
        // Passwords are written into SQL: only what this class itself can have made is taken from the file.
        return kept.matches("[A-Za-z0-9]{16,128}") ? kept : generated();
    }

    @Override
    public String toString() {
        return "GroundSecrets" + entries.keySet();
    }
}
