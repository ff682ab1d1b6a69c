package sallyport.ledger.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Turns a subject's number into a keyed pseudonym, so that the evidence log can be searched by someone who holds the key and holds
 * nothing personal for anyone else. The key must outlive the log and be the same on every node.
 */
final class Pseudonyms {

    private static final String HMAC = "HmacSHA256";
    private static final int LENGTH = 32;

    private final SecretKeySpec key;

    private Pseudonyms(byte[] key) {
        this.key = new SecretKeySpec(key, HMAC);
    }

    static Pseudonyms of(LedgerProperties properties) {
        String configured = properties.pseudonymKey();
        return new Pseudonyms(
                configured != null
                        ? configured.getBytes(StandardCharsets.UTF_8)
                        : fromFile(properties.pseudonymKeyFile()).getBytes(StandardCharsets.UTF_8));
    }

    /** 32 hexadecimal digits. */
    String of(String subject) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return HexFormat.of()
                    .formatHex(mac.doFinal(subject.getBytes(StandardCharsets.UTF_8)))
                    .substring(0, LENGTH);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String fromFile(Path file) {
        try {
            if (!Files.exists(file)) {
                make(file);
            }
            String key = Files.readString(file).strip();
            if (key.length() < LENGTH) {
                throw new IllegalStateException("sallyport.ledger.pseudonym-key-file holds no key: " + file);
            }
            return key;
        } catch (IOException e) {
            throw new UncheckedIOException("sallyport.ledger.pseudonym-key-file cannot be used: " + file, e);
        }
    }

    private static void make(Path file) throws IOException {
        byte[] fresh = new byte[32];
        new SecureRandom().nextBytes(fresh);
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        // Written aside and linked into place whole: a second process that starts just now reads all of it or makes
        // none.
        Path aside = Files.createTempFile(
                folder,
                "pseudonym",
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(aside, HexFormat.of().formatHex(fresh) + "\n");
            Files.createLink(file, aside);
        } catch (FileAlreadyExistsException otherProcess) {
            // Its key is as good as ours.
        } finally {
            Files.deleteIfExists(aside);
        }
    }
}
