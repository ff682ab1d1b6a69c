package sallyport.ledger.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import sallyport.mappings.canonical.Sha256;

/** The key that signs checkpoints, and the keys whose checkpoints are believed (Ed25519). */
final class EvidenceKeys {

    private static final String ALGORITHM = "Ed25519";
    private static final Set<PosixFilePermission> OTHERS = PosixFilePermissions.fromString("---rwxrwx");
    private static final Pattern PUBLIC =
            Pattern.compile("-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----");
    private static final Pattern PRIVATE =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    private final @Nullable PrivateKey signing;
    private final String id;
    private final Map<String, PublicKey> believed;

    private EvidenceKeys(@Nullable PrivateKey signing, String id, Map<String, PublicKey> believed) {
        this.signing = signing;
        this.id = id;
        this.believed = believed;
    }

    /** For a node that signs; stops the start when there is no key that only this user can read. */
    static EvidenceKeys forSigning(EvidenceProperties properties) {
        Path file = properties.key();
        try {
            if (!Files.exists(file)) {
                if (!properties.createKey()) {
                    throw wrong(
                            "key",
                            file,
                            "names no file: make one with openssl genpkey -algorithm ed25519, mode 0600, or let the hub make it"
                                    + " with sallyport.evidence.create-key (for trying out)");
                }
                make(file);
            }
            return withPrivateKey(properties);
        } catch (IOException e) {
            throw wrong("key", file, "cannot be read: " + e.getClass().getSimpleName());
        }
    }

    /** For whoever only verifies: the key if it can be read, and the public ones. */
    static EvidenceKeys forVerifying(EvidenceProperties properties) {
        if (properties.publicKey() == null || Files.isReadable(properties.key())) {
            try {
                return withPrivateKey(properties);
            } catch (IOException e) {
                throw wrong(
                        "key",
                        properties.key(),
                        "cannot be read; to verify without the key set sallyport.evidence.public-key");
            }
        }
        return new EvidenceKeys(null, "", publicKeys(properties.publicKey()));
    }

    private static EvidenceKeys withPrivateKey(EvidenceProperties properties) throws IOException {
        Path file = properties.key();
        String text = Files.readString(file);
        if (Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
            throw wrong("key", file, "can be read by others: its mode must be 0600");
        }
        var block = PRIVATE.matcher(text);
        if (!block.find()) {
            throw wrong("key", file, "holds no private key in PEM (PKCS#8)");
        }
        try {
            PrivateKey key =
                    KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(decoded(block.group(1))));
            PublicKey own = publicOf(key);
            Map<String, PublicKey> believed = new LinkedHashMap<>();
            believed.put(idOf(own), own);
            if (properties.publicKey() != null) {
                believed.putAll(publicKeys(properties.publicKey()));
            }
            return new EvidenceKeys(key, idOf(own), believed);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw wrong("key", file, "holds no Ed25519 private key");
        }
    }

    private static Map<String, PublicKey> publicKeys(Path file) {
        Map<String, PublicKey> keys = new LinkedHashMap<>();
        try {
            var blocks = PUBLIC.matcher(Files.readString(file));
            while (blocks.find()) {
                PublicKey key = KeyFactory.getInstance(ALGORITHM)
                        .generatePublic(new X509EncodedKeySpec(decoded(blocks.group(1))));
                keys.put(idOf(key), key);
            }
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw wrong("public-key", file, "cannot be read as Ed25519 public keys in PEM");
        }
        if (keys.isEmpty()) {
            throw wrong("public-key", file, "holds no public key in PEM");
        }
        return keys;
    }

    /** The first 16 hexadecimal digits of SHA-256 over the public key (X.509). */
    String id() {
        return id;
    }

    /** Base64. */
    String sign(byte[] statement) {
        if (signing == null) {
            throw new IllegalStateException("there is no key to sign with here");
        }
        try {
            return Base64.getEncoder().encodeToString(signature(signing, statement));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean believes(String keyId) {
        return believed.containsKey(keyId);
    }

    boolean verifies(String keyId, byte[] statement, String base64) {
        PublicKey key = believed.get(keyId);
        try {
            return key != null && verifies(key, statement, Base64.getDecoder().decode(base64));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    /** For verifying elsewhere, as PEM. */
    String publicKey() {
        PublicKey key = believed.get(id);
        if (key == null) {
            throw new IllegalStateException("there is no key to sign with here");
        }
        return pem("PUBLIC KEY", key.getEncoded());
    }

    private static void make(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        // Written aside and linked into place whole: a second process that starts just now reads all of it or makes
        // none.
        Path aside = Files.createTempFile(
                folder,
                "evidence-key",
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            byte[] key = KeyPairGenerator.getInstance(ALGORITHM)
                    .generateKeyPair()
                    .getPrivate()
                    .getEncoded();
            Files.writeString(aside, pem("PRIVATE KEY", key));
            Files.createLink(file, aside);
        } catch (FileAlreadyExistsException otherProcess) {
            // Its key is as good as ours.
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    /**
     * PKCS#8 of Ed25519 holds the seed alone. A generator whose randomness is that seed makes the pair again; whether it did is
     * tried out, so a platform that generates otherwise is refused and not believed.
     */
    private static PublicKey publicOf(PrivateKey key) throws GeneralSecurityException {
        byte[] seed = ((EdECPrivateKey) key).getBytes().orElseThrow(IllegalArgumentException::new);
        var generator = KeyPairGenerator.getInstance(ALGORITHM);
        generator.initialize(NamedParameterSpec.ED25519, new Seeded(seed));
        PublicKey pub = generator.generateKeyPair().getPublic();
        byte[] trial = "sallyport".getBytes(StandardCharsets.UTF_8);
        if (!verifies(pub, trial, signature(key, trial))) {
            throw new GeneralSecurityException("not a pair");
        }
        return pub;
    }

    private static final class Seeded extends SecureRandom {

        private static final long serialVersionUID = 1L;
        private final transient byte[] seed;

        Seeded(byte[] seed) {
            this.seed = seed;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(seed, 0, bytes, 0, Math.min(seed.length, bytes.length));
        }
    }

    private static byte[] signature(PrivateKey key, byte[] statement) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(ALGORITHM);
        signature.initSign(key);
        signature.update(statement);
        return signature.sign();
    }

    private static boolean verifies(PublicKey key, byte[] statement, byte[] given) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(ALGORITHM);
        signature.initVerify(key);
        signature.update(statement);
        return signature.verify(given);
    }

    private static String idOf(PublicKey key) {
        return HexFormat.of().formatHex(Sha256.of(key.getEncoded())).substring(0, 16);
    }

    private static byte[] decoded(String base64) {
        return Base64.getMimeDecoder().decode(base64);
    }

    private static String pem(String what, byte[] bytes) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes)
                + "\n-----END " + what + "-----\n";
    }

    private static InvalidConfigurationPropertyValueException wrong(String name, Path file, String reason) {
        return new InvalidConfigurationPropertyValueException(
                "sallyport.evidence." + name, file, "(" + file + ") " + reason);
    }
}
