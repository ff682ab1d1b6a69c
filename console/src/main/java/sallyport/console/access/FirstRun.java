package sallyport.console.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.Ordered;
import org.springframework.security.crypto.password.PasswordEncoder;
import sallyport.ledger.desk.Users;

/**
 * Creates {@code admin} when there is no user at all. Its password comes from the settings, or is generated, written to a file
 * that only this account can read, and must be changed by whoever first signs in with it. Without the file there is no admin.
 */
final class FirstRun implements ApplicationRunner, Ordered {

    static final String ADMIN = "admin";
    private static final Logger LOG = LoggerFactory.getLogger(FirstRun.class);

    private final Users users;
    private final PasswordEncoder passwords;
    private final @Nullable String given;
    private final Path file;

    FirstRun(Users users, PasswordEncoder passwords, @Nullable String given, Path dataDir) {
        this.users = users;
        this.passwords = passwords;
        this.given = given == null || given.isBlank() ? null : given;
        this.file = dataDir.resolve("first-run-password");
    }

    @Override
    public void run(ApplicationArguments args) {
        if (given != null && given.getBytes(StandardCharsets.UTF_8).length > HubUsers.MOST_BYTES) {
            throw new IllegalStateException("sallyport.admin-password is longer than 72 bytes");
        }
        if (given != null) {
            if (users.createFirst(ADMIN, passwords.encode(given), false, () -> {})) {
                LOG.info("user admin created with the password that was set");
            }
            return;
        }
        String generated = Passwords.generate();
        if (users.createFirst(ADMIN, passwords.encode(generated), true, () -> write(generated))) {
            LOG.info("user admin created, its first-run password is in {}", file.toAbsolutePath());
        }
    }

    /** The password of admin was changed: what is in the file opens nothing any more. */
    void forget() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException stale) {
            LOG.warn("{} is out of date and cannot be removed", file.toAbsolutePath());
        }
    }

    private void write(String password) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.deleteIfExists(file);
            var onlyThisAccount = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            try (var out = Files.newByteChannel(
                    file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), onlyThisAccount)) {
                out.write(ByteBuffer.wrap((password + "\n").getBytes(StandardCharsets.UTF_8)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the first-run password cannot be written to " + file.toAbsolutePath(), e);
        }
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
