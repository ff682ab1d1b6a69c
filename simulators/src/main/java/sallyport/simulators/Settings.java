package sallyport.simulators;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import sallyport.simulators.journal.Json;
import sallyport.simulators.police.Force;
import sallyport.simulators.police.Forces;
import sallyport.simulators.police.Secrets;
import sallyport.simulators.prison.DomainEvents;
import sallyport.simulators.prison.PhoneDesk;
import sallyport.simulators.prison.PrisonDocuments;
import sallyport.simulators.tls.Certificates;

/** What a hub has to be told to work with these simulators: environment settings and the file of forces. */
final class Settings {

    static final String CLIENT_ID = "sallyport-simulated";

    private final Ports ports;
    private final Secrets secrets;
    private final Certificates certificates;
    private final Forces forces;
    private final Path forcesFile;
    private final Path useOfForce;
    private final Path intelligence;

    Settings(
            Ports ports,
            Secrets secrets,
            Certificates certificates,
            Forces forces,
            Path forcesFile,
            Path useOfForce,
            Path intelligence) {
        this.ports = ports;
        this.secrets = secrets;
        this.certificates = certificates;
        this.forces = forces;
        this.forcesFile = forcesFile.toAbsolutePath();
        this.useOfForce = useOfForce;
        this.intelligence = intelligence;
    }

    Map<String, String> environment() {
        String rest = "http://127.0.0.1:" + ports.rest();
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("SALLYPORT_HMPPS_AUTH_URL", rest + "/auth");
        environment.put("SALLYPORT_HMPPS_CLIENT_ID", CLIENT_ID);
        environment.put("SALLYPORT_HMPPS_CLIENT_SECRET", secrets.hmppsClientSecret());
        environment.put("SALLYPORT_INCIDENT_REPORTING_URL", rest);
        environment.put("SALLYPORT_CASE_NOTES_URL", rest);
        environment.put("SALLYPORT_ADJUDICATIONS_URL", rest);
        environment.put("SALLYPORT_PRISONER_ALERTS_URL", rest);
        environment.put("SALLYPORT_PRISONER_SEARCH_URL", rest);
        environment.put("SALLYPORT_PRISON_REGISTER_URL", rest);
        environment.put("SALLYPORT_PRISON_API_URL", rest);
        environment.put("SALLYPORT_HMPPS_DOCUMENTS_URL", rest);
        environment.put("SALLYPORT_HMPPS_DOCUMENTS_TYPES", PrisonDocuments.TYPE);
        environment.put("SALLYPORT_EVENTS_URL", "http://127.0.0.1:" + ports.queue());
        environment.put("SALLYPORT_EVENTS_QUEUE", DomainEvents.QUEUE);
        environment.put("SALLYPORT_EVENTS_REGION", DomainEvents.REGION);
        environment.put("AWS_ACCESS_KEY_ID", DomainEvents.ACCESS_KEY);
        environment.put("AWS_SECRET_ACCESS_KEY", DomainEvents.ACCESS_KEY);
        environment.put("SALLYPORT_TRACKER_URL", rest);
        environment.put(
                "SALLYPORT_TLS_KEYSTORE", certificates.hub().toAbsolutePath().toString());
        environment.put(
                "SALLYPORT_TLS_TRUSTSTORE",
                certificates.trust().toAbsolutePath().toString());
        environment.put("SALLYPORT_TLS_PASSWORD", secrets.tlsPassword());
        environment.put("SALLYPORT_FORCES_FILE", forcesFile.toString());
        environment.put("SALLYPORT_PHONE_REPORTS_HOST", "127.0.0.1");
        environment.put("SALLYPORT_PHONE_REPORTS_PORT", String.valueOf(ports.mail()));
        environment.put("SALLYPORT_PHONE_REPORTS_USER", PhoneDesk.USER);
        environment.put("SALLYPORT_PHONE_REPORTS_PASSWORD", secrets.tlsPassword());
        environment.put("SALLYPORT_PHONE_REPORTS_SENDERS", PhoneDesk.SENDER);
        environment.put(
                "SALLYPORT_PHONE_REPORTS_TRUSTSTORE",
                certificates.trust().toAbsolutePath().toString());
        environment.put("SALLYPORT_PHONE_REPORTS_TRUSTSTORE_PASSWORD", secrets.tlsPassword());
        environment.put("SALLYPORT_TELEPHONE_EVERY", "5s");
        environment.put("SALLYPORT_USE_OF_FORCE_DIRECTORY", useOfForce.toString());
        environment.put("SALLYPORT_INTELLIGENCE_DIRECTORY", intelligence.toString());
        environment.put("SALLYPORT_FILE_DROP_EVERY", "2s");
        environment.put("SALLYPORT_FILE_DROP_SETTLE", "2s");
        environment.put("SALLYPORT_CLAMAV_HOST", "127.0.0.1");
        environment.put("SALLYPORT_CLAMAV_PORT", String.valueOf(ports.scanner()));
        // The simulated prisons' policy, and their compressed time.
        environment.put("SALLYPORT_AUTO_APPROVE_PRISONS", "*");
        environment.put("SALLYPORT_SUPPLEMENT_QUIET", "20s");
        environment.put("SALLYPORT_ADJUDICATION_OPEN_AFTER", "60s");
        environment.put("SALLYPORT_SUPPLEMENT_AT_MOST", "2m");
        environment.put("SALLYPORT_SWEEP_EVERY", "20s");
        environment.put("SALLYPORT_RECONCILIATION_EVERY", "5m");
        return environment;
    }

    ObjectNode forces() {
        ObjectNode json = Json.object();
        ArrayNode list = json.putArray("forces");
        for (Force force : forces.all()) {
            ObjectNode entry = list.addObject().put("code", force.code()).put("name", force.name());
            force.channels().forEach(entry.putArray("channels")::add);
            if (force.hasIhub()) {
                entry.putObject("ihub")
                        .put("url", "https://127.0.0.1:" + ports.ihub() + "/" + force.code())
                        .put("key", secrets.ihubKey(force.code()))
                        .put("secret", secrets.ihubSecret(force.code()))
                        .put("forceIdentifier", force.code())
                        .put("brand", force.code())
                        .put("dedupes", false);
            }
            if (force.hasCjse()) {
                int port = force.equals(forces.down()) ? ports.gate() : ports.cjse();
                entry.putObject("cjse")
                        .put("url", "https://127.0.0.1:" + port + "/cjse/" + force.code())
                        .put("destinationId", force.system());
            }
            if (forces.offersManifest(force)) {
                entry.putObject("manifest")
                        .put("url", "https://127.0.0.1:" + ports.ihub() + "/" + force.code() + "/manifests")
                        .put(
                                "key",
                                Base64.getEncoder()
                                        .encodeToString(secrets.manifestKey(force.code())
                                                .getPublic()
                                                .getEncoded()))
                        .put("asked", true);
            }
            entry.putArray("certificateSubjects").add("CN=" + Certificates.forceName(force.code()));
        }
        return json;
    }

    void write(Path environmentFile) {
        StringBuilder lines = new StringBuilder();
        environment()
                .forEach((name, value) ->
                        lines.append(name).append('=').append(value).append('\n'));
        write(environmentFile, lines.toString().getBytes(StandardCharsets.UTF_8));
        write(forcesFile, Json.bytes(forces()));
    }

    private static void write(Path file, byte[] bytes) {
        try {
            Path directory = file.toAbsolutePath().getParent();
            Path aside = Files.createTempFile(
                    directory,
                    "new",
                    ".tmp",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(aside, bytes);
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
