package sallyport.simulators.police;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Every password and key of the simulators, drawn from one secret that is made once and kept in a file only its owner reads. */
public final class Secrets {

    private final String root;

    private Secrets(String root) {
        this.root = root;
    }

    public static Secrets open(Path directory) {
        Path file = directory.resolve("secret");
        try {
            if (!Files.exists(file)) {
                byte[] noise = new byte[24];
                new SecureRandom().nextBytes(noise);
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(file, HexFormat.of().formatHex(noise));
            }
            return new Secrets(Files.readString(file).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String tlsPassword() {
        return of("tls");
    }

    public String hmppsClientSecret() {
        return of("hmpps-client-secret");
    }

    public String ihubKey(String force) {
        return of("ihub-key-" + force);
    }

    public String ihubSecret(String force) {
        return of("ihub-secret-" + force);
    }

    private String of(String name) {
        return Contents.sha256((root + "/" + name).getBytes(StandardCharsets.UTF_8))
                .substring(0, 32);
    }
}
