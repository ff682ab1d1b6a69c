package sallyport.console.packages;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import sallyport.console.access.SignedIn;
import sallyport.console.words.BadParameter;
import sallyport.console.words.GoneException;
import sallyport.console.words.NotThereException;
import sallyport.console.words.Typed;
import sallyport.ledger.desk.PackageDesk;
import sallyport.renderings.CarriedDocument;
import sallyport.renderings.PackageFile;
import sallyport.renderings.PackageFiles;

/**
 * Hands over one version of a package as a file. Few are made at once, since each takes memory: who waits too long is told to come back.
 * That it was taken out is in the evidence log before a byte of it leaves. What cannot be sent to its end breaks the connection, so that
 * nobody takes a part for the whole.
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
    /** Each holds a thread and a piece of a document for as long as its reader takes. */
    private static final int LEAVING_AT_ONCE = 16;

    private final PackageDesk desk;
    private final Semaphore places = new Semaphore(AT_ONCE, true);
    private final Semaphore leaving = new Semaphore(LEAVING_AT_ONCE);

    PackageDownloads(PackageDesk desk) {
        this.desk = desk;
    }

    /**
     * Writes the file; for HEAD what is said of it and not a byte.
     *
     * @param version as typed
     * @param destination {@code force}, to see what its disclosure profile leaves; absent: whole
     * @throws BadParameter where the destination is another
     * @throws NotThereException where there is no such package within the scope
     * @throws AccessDeniedException where the file would carry the contacts of a witness, and who asks does not decide about cases
     * @throws GoneException where its content is erased, or that of a document which the file would carry
     * @throws ResponseStatusException 503 where too many ask at once, 500 where a document is damaged
     * @throws IOException where it broke off on its way
     */
    public void write(
            String reference,
            String version,
            Form form,
            @Nullable String destination,
            SignedIn me,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        if (destination != null && !destination.equals(FORCE)) {
            throw new BadParameter("for", "must be force, or left out");
        }
        if (!version.matches("[1-9][0-9]{0,8}")) {
            throw new NotThereException();
        }
        boolean leaves = !request.getMethod().equals("HEAD");
        PackageDesk.Asked asked = new PackageDesk.Asked(
                Typed.reference(reference),
                Integer.parseInt(version),
                form.name().toLowerCase(Locale.ROOT),
                destination,
                form == Form.ZIP,
                leaves,
                me.decides());
        if (form != Form.ZIP || !leaves) {
            hand(asked, form, me, response);
            return;
        }
        // Before it is taken: what the log says left should leave.
        if (!leaving.tryAcquire()) {
            throw later(response);
        }
        try {
            hand(asked, form, me, response);
        } finally {
            leaving.release();
        }
    }

    private void hand(PackageDesk.Asked asked, Form form, SignedIn me, HttpServletResponse response)
            throws IOException {
        PackageDesk.Kept kept = desk.take(asked, me.scope(), me.username()).orElseThrow(NotThereException::new);
        if (kept instanceof PackageDesk.Held held) {
            List<CarriedDocument> documents = new ArrayList<>();
            for (PackageDesk.Carried document : held.documents()) {
                documents.add(new CarriedDocument(document.named(), desk.crc32(document), out -> copy(document, out)));
            }
            send(made(held, documents, form, asked.profile(), response), asked.leaves(), response);
            return;
        }
        if (kept instanceof PackageDesk.NotForThem) {
            throw new AccessDeniedException("contacts of a witness");
        }
        if (kept instanceof PackageDesk.DocumentErased erased) {
            throw new GoneException(
                    "Document " + erased.number()
                            + ", which this version names, was erased when its time was over. The version itself can be had as JSON and PDF.");
        }
        if (kept instanceof PackageDesk.DocumentDamaged) {
            throw new ResponseStatusException(HttpStatus.INTERNAL_SERVER_ERROR);
        }
        throw new GoneException(
                "Its content was erased when its time was over. The page of the case says when, and under which policy.");
    }

    private void copy(PackageDesk.Carried document, OutputStream out) throws IOException {
        try (InputStream bytes = desk.open(document)) {
            bytes.transferTo(out);
        }
    }

    private PackageFile made(
            PackageDesk.Held held,
            List<CarriedDocument> documents,
            Form form,
            @Nullable String destination,
            HttpServletResponse response) {
        if (!place()) {
            throw later(response);
        }
        try {
            PackageFiles files = PackageFiles.of(held.canonical(), held.before(), destination);
            return switch (form) {
                case JSON -> files.json();
                case PDF -> files.pdf();
                case ZIP -> files.zip(documents, destination == null ? desk.lineage(held) : null);
            };
        } finally {
            // Before the file is sent: a slow reader holds up nobody.
            places.release();
        }
    }

    private static ResponseStatusException later(HttpServletResponse response) {
        response.setHeader(HttpHeaders.RETRY_AFTER, "5");
        return new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE);
    }

    private boolean place() {
        try {
            return places.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void send(PackageFile file, boolean leaves, HttpServletResponse response) throws IOException {
        response.setContentType(file.mediaType());
        response.setContentLengthLong(file.length());
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + file.name() + "\"");
        response.setHeader(HttpHeaders.ETAG, '"' + HexFormat.of().formatHex(file.tag()) + '"');
        byte[] sha256 = file.sha256();
        if (sha256 != null) {
            // RFC 9530: what arrived can be held against it.
            response.setHeader("Repr-Digest", "sha-256=:" + Base64.getEncoder().encodeToString(sha256) + ":");
        }
        if (!leaves) {
            return;
        }
        file.body().writeTo(response.getOutputStream());
    }
}
