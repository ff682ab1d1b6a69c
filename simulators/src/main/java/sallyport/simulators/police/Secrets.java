package sallyport.simulators.police;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
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

    /** Ed25519, the same at every start. */
    public KeyPair manifestKey(String force) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, new Drawn(of("manifest-" + force)));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** No randomness at all: a key that is the same whenever it is made. */
    private static final class Drawn extends SecureRandom {

        private static final long serialVersionUID = 1L;

        private final byte[] seed;

        Drawn(String text) {
            this.seed = text.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public void nextBytes(byte[] bytes) {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = seed[i % seed.length];
            }
        }
    }

    private String of(String name) {
        return Contents.sha256((root + "/" + name).getBytes(StandardCharsets.UTF_8))
                .substring(0, 32);
    }
}
