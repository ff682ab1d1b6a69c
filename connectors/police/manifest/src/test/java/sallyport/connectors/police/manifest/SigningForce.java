package sallyport.connectors.police.manifest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;
import sallyport.connectors.contract.Certificates;
import sallyport.connectors.contract.ConnectorContract;
import sallyport.connectors.contract.Verb;
import sallyport.connectors.police.forces.Forces;
import sallyport.connectors.police.forces.ForcesHealth;
import sallyport.connectors.wire.OneShotHttp;
import sallyport.connectors.wire.Tls;
import sallyport.connectors.wire.TlsProperties;

/** A force with a key, and the connector as its tests call it. */
final class SigningForce {

    static final Instant NOW = Instant.parse("2026-11-02T05:00:00Z");
    static final KeyPair KEY = pair();

    private SigningForce() {}

    static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] signed(String json) {
        return signed("{\"alg\":\"EdDSA\"}", json, KEY);
    }

    static byte[] signed(String header, String json, KeyPair key) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String input =
                base64.encodeToString(header.getBytes(UTF_8)) + "." + base64.encodeToString(json.getBytes(UTF_8));
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key.getPrivate());
            signature.update(input.getBytes(US_ASCII));
            return (input + "." + base64.encodeToString(signature.sign())).getBytes(US_ASCII);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String manifest(String day, String asOf, String... items) {
        return "{\"type\":\"sallyport-manifest-v1\",\"force\":\"46\",\"day\":\"" + day + "\",\"asOf\":\"" + asOf
                + "\",\"count\":" + items.length + ",\"items\":[" + String.join(",", items) + "]}";
    }

    static String item(String messageId, String sha256, String receivedAt) {
        return "{\"messageId\":\"" + messageId + "\",\"caseReference\":\"SP-2026-000001\",\"version\":1,\"sha256\":\""
                + sha256 + "\",\"receivedAt\":\"" + receivedAt + "\"}";
    }

    static Verb verb(ConnectorContract.Partner partner, String address, @Nullable Object body) {
        Certificates files = Objects.requireNonNull(partner.tls());
        ManifestProperties properties = new ManifestProperties(
                Duration.ofSeconds(5), Duration.ofSeconds(20), DataSize.ofMegabytes(1), Duration.ofMinutes(1));
        OneShotHttp http = new OneShotHttp(
                new OneShotHttp.Limits(partner.connect(), partner.total(), partner.answerBytes()),
                Tls.context(new TlsProperties(files.clientStore(), files.trustStore(), files.password())));
        ForcesHealth health = new ForcesHealth("manifest");
        return Verb.start(
                new ManifestRoutes(
                        forces(partner.address()), http, properties, health, Clock.fixed(NOW, ZoneOffset.UTC)),
                address,
                body,
                health);
    }

    private static Forces forces(URI address) {
        try {
            Path file = Files.createTempFile("forces", ".json");
            return Forces.read(Files.writeString(
                    file,
                    """
                    {"forces":[
                     {"code":"46","channels":["cjse"],"cjse":{"url":"%s/46","destinationId":"04601PoliceCaseSystem"},
                      "manifest":{"url":"%s/46/manifests","key":"%s","asked":true},"certificateSubjects":["CN=force-46"]},
                     {"code":"06","channels":["cjse"],"cjse":{"url":"%s/06","destinationId":"00601PoliceCaseSystem"},
                      "certificateSubjects":["CN=force-06"]}]}
                    """
                            .formatted(
                                    address,
                                    address,
                                    Base64.getEncoder()
                                            .encodeToString(KEY.getPublic().getEncoded()),
                                    address)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
