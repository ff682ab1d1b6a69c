package sallyport.console.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import sallyport.console.access.Problem;
import sallyport.console.access.SignedIn;
import sallyport.console.packages.PackageDownloads;
import sallyport.console.packages.PackageDownloads.Form;

/** The numbered versions of a package as files, for programs. */
@RestController
@RequestMapping("/api/v1/cases/{reference}/packages")
@Tag(name = "Packages")
@WrongParameter
@NotSignedIn
@ApiResponse(
        responseCode = "404",
        description = "No such package within the scope",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@ApiResponse(
        responseCode = "410",
        description = "Its content was erased, or that of a document which the ZIP would carry; the problem says which",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@ApiResponse(
        responseCode = "503",
        description = "Too many ask for files at once; Retry-After says how many seconds to wait",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
class PackagesApi {

    private static final String RECORDED =
            "Taking it out is recorded in the evidence log as a consultation. The same version is the same bytes at every call; "
                    + "Repr-Digest is their SHA-256.";
    private static final String FOR =
            "force: cut to the disclosure profile of forces, as the force gets it. Left out: whole";

    private final PackageDownloads downloads;

    PackagesApi(PackageDownloads downloads) {
        this.downloads = downloads;
    }

    @GetMapping(path = "/{version:[0-9]+}.json", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "A version of the package as it was numbered, as JSON", description = RECORDED)
    @ApiResponse(
            responseCode = "200",
            description = "The package",
            content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE))
    void json(
            @PathVariable String reference,
            @PathVariable String version,
            @Parameter(description = FOR) @RequestParam(name = "for", required = false) @Nullable String destination,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me,
            @Parameter(hidden = true) HttpServletRequest request,
            @Parameter(hidden = true) HttpServletResponse response)
            throws IOException {
        downloads.write(reference, version, Form.JSON, destination, me, request, response);
    }

    @GetMapping(path = "/{version:[0-9]+}.pdf", produces = MediaType.APPLICATION_PDF_VALUE)
    @Operation(summary = "A version of the package as referral proforma, a tagged PDF", description = RECORDED)
    @ApiResponse(
            responseCode = "200",
            description = "The proforma",
            content = @Content(mediaType = MediaType.APPLICATION_PDF_VALUE))
    void pdf(
            @PathVariable String reference,
            @PathVariable String version,
            @Parameter(description = FOR) @RequestParam(name = "for", required = false) @Nullable String destination,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me,
            @Parameter(hidden = true) HttpServletRequest request,
            @Parameter(hidden = true) HttpServletResponse response)
            throws IOException {
        downloads.write(reference, version, Form.PDF, destination, me, request, response);
    }

    @GetMapping(path = "/{version:[0-9]+}.zip", produces = "application/zip")
    @Operation(
            summary =
                    "A version of the package as ZIP: JSON, proforma, the documents it names, manifest with hashes, and schemas",
            description =
                    "Taking it out is recorded in the evidence log as a consultation, with the hash of the package and of each "
                            + "document. The same version is the same bytes at every call. It may be large: documents are entries of their own, "
                            + "document-12.pdf, read from the ledger as they are sent, and the manifest has size and SHA-256 of each. "
                            + "ETag differs where the bytes do; Repr-Digest is there only where no document is in it. "
                            + "What cannot be sent to its end breaks the connection. HEAD tells the length and sends nothing. "
                            + "Range is not supported.")
    @ApiResponse(
            responseCode = "200",
            description =
                    "The files; what a disclosure profile leaves out of the package is not in it as a document either",
            content = @Content(mediaType = "application/zip"))
    @ApiResponse(
            responseCode = "500",
            description = "A document is damaged: nothing was sent, and a work item is open",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    void zip(
            @PathVariable String reference,
            @PathVariable String version,
            @Parameter(description = FOR) @RequestParam(name = "for", required = false) @Nullable String destination,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me,
            @Parameter(hidden = true) HttpServletRequest request,
            @Parameter(hidden = true) HttpServletResponse response)
            throws IOException {
        downloads.write(reference, version, Form.ZIP, destination, me, request, response);
    }
}
