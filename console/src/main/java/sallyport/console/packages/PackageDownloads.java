package sallyport.console.packages;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import sallyport.console.access.SignedIn;
import sallyport.console.words.BadParameter;
import sallyport.console.words.NotThereException;
import sallyport.console.words.Typed;
import sallyport.ledger.desk.PackageDesk;
import sallyport.renderings.PackageFile;
import sallyport.renderings.PackageFiles;

/**
 * Hands over one version of a package as a file. Few are made at once, since each takes memory: who waits too long is told to come back.
 * That it was taken out is in the evidence log before a byte of it leaves.
 */
@Component
public class PackageDownloads {

    /** The form in which it is asked for. */
    public enum Form {
        JSON,
        PDF,
        ZIP
    }

    private static final String FORCE = "force";
    private static final int AT_ONCE = 2;
    private static final long PATIENCE_SECONDS = 20;

    private final PackageDesk desk;
    private final Semaphore places = new Semaphore(AT_ONCE, true);

    PackageDownloads(PackageDesk desk) {
        this.desk = desk;
    }

    /**
     * Writes the file.
     *
     * @param version as typed
     * @param destination {@code force}, to see what its disclosure profile leaves; absent: whole
     * @throws BadParameter where the destination is another
     * @throws NotThereException where there is no such package within the scope
     * @throws ResponseStatusException 410 where its content is erased, 503 where too many ask at once
     */
    public void write(
            String reference,
            String version,
            Form form,
            @Nullable String destination,
            SignedIn me,
            HttpServletResponse response)
            throws IOException {
        if (destination != null && !destination.equals(FORCE)) {
            throw new BadParameter("for", "must be force, or left out");
        }
        if (!version.matches("[1-9][0-9]{0,8}")) {
            throw new NotThereException();
        }
        String as = form.name().toLowerCase(Locale.ROOT) + (destination == null ? "" : " for=" + destination);
        PackageDesk.Kept kept = desk.take(
                        Typed.reference(reference), Integer.parseInt(version), as, me.scope(), me.username())
                .orElseThrow(NotThereException::new);
        if (!(kept instanceof PackageDesk.Held held)) {
            throw new ResponseStatusException(HttpStatus.GONE);
        }
        send(made(held, form, destination, response), response);
    }

    private PackageFile made(
            PackageDesk.Held held, Form form, @Nullable String destination, HttpServletResponse response) {
        if (!place()) {
            response.setHeader(HttpHeaders.RETRY_AFTER, "5");
            throw new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE);
        }
        try {
            PackageFiles files = PackageFiles.of(held.canonical(), held.before(), destination);
            return switch (form) {
                case JSON -> files.json();
                case PDF -> files.pdf();
                case ZIP -> files.zip();
            };
        } finally {
            // Before the file is sent: a slow reader holds up nobody.
            places.release();
        }
    }

    private boolean place() {
        try {
            return places.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void send(PackageFile file, HttpServletResponse response) throws IOException {
        response.setContentType(file.mediaType());
        response.setContentLengthLong(file.length());
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + file.name() + "\"");
        response.setHeader(HttpHeaders.ETAG, '"' + HexFormat.of().formatHex(file.sha256()) + '"');
        // RFC 9530: what arrived can be held against it.
        response.setHeader("Repr-Digest", "sha-256=:" + Base64.getEncoder().encodeToString(file.sha256()) + ":");
        file.body().writeTo(response.getOutputStream());
    }
}
