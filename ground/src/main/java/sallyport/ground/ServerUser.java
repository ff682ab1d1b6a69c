package sallyport.ground;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * How the PostgreSQL programs, which refuse to run as root, are run by whoever started us: as they are for an ordinary
 * user; for root in a user namespace of their own, or where the kernel forbids that as {@code nobody}.
 *
 * @param prefix the words in front of each command
 * @param owner the user to whom the server's files belong
 */
record ServerUser(List<String> prefix, String owner) {
    private static final String UNPRIVILEGED = "nobody";

    static ServerUser ofThisProcess() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return new ServerUser(List.of(), System.getProperty("user.name"));
        }
        // Inside a new user namespace without a mapping, root is nobody to the programs that look, and still the owner
        // of its files to the kernel: nothing changes hands, and data below /root stays reachable.
        if (succeeds("unshare", "-U", "true")) {
            return new ServerUser(List.of("unshare", "-U"), "root");
        }
        List<String> dropped = List.of(
                "setpriv", "--reuid=" + UNPRIVILEGED, "--regid=" + groupOfUnprivileged(), "--clear-groups", "--");
        if (succeeds(with(dropped, "true"))) {
            return new ServerUser(dropped, UNPRIVILEGED);
        }
        throw new GroundFailure("PostgreSQL does not run as root, and neither unshare nor setpriv works here:"
                + " start this as an ordinary user");
    }

    List<String> command(List<String> words) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(words);
        return command;
    }

    /** Gives a tree to the server's user, if it is somebody else's; only root ever has to. */
    void own(Path tree) {
        try {
            if (!Files.exists(tree) || Files.getOwner(tree).getName().equals(owner)) {
                return;
            }
            UserPrincipal principal =
                    tree.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(owner);
            try (Stream<Path> paths = Files.walk(tree)) {
                for (Path path : (Iterable<Path>) paths::iterator) {
                    Files.setOwner(path, principal);
                }
            }
        } catch (IOException e) {
            throw new GroundFailure(tree + " belongs to another user than " + owner + ", who has to own it", e);
        }
    }

    private static String groupOfUnprivileged() {
        return Files.exists(Path.of("/etc/debian_version")) ? "nogroup" : UNPRIVILEGED;
    }

    private static String[] with(List<String> words, String last) {
        return Stream.concat(words.stream(), Stream.of(last)).toArray(String[]::new);
    }

    private static boolean succeeds(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
