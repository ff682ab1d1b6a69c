package sallyport.console.words;

import java.nio.charset.StandardCharsets;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import sallyport.ledger.desk.CaseDocuments;
import sallyport.mappings.document.DocumentType;

/** A document as the answer to whoever may have it: always to be kept as a file, never shown in the page. */
public final class DocumentAnswer {

    private DocumentAnswer() {}

    /** {@code nosniff} and {@code no-store} are on every answer of the server. */
    public static ResponseEntity<Resource> file(CaseDocuments.Download download) {
        CaseDocuments.Document document = download.document();
        String name = document.fileName() == null
                ? "document-" + document.id() + "." + DocumentType.ending(document.mediaType())
                : document.fileName();
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(document.mediaType()))
                .contentLength(document.size())
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(name, StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .body(new InputStreamResource(download.bytes()));
    }

    /** What kind of refusal it is, in HTTP. */
    public static int status(CaseDocuments.Refused refused) {
        return switch (refused.code()) {
            case "too-large" -> 413;
            case "wrong-type" -> 415;
            default -> 400;
        };
    }
}
