package sallyport.console.pages;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import sallyport.console.access.SignedIn;
import sallyport.console.packages.PackageDownloads;
import sallyport.console.packages.PackageDownloads.Form;

/** The files of a package, behind the links of a case's page. */
@Controller
class PackagePages {

    private final PackageDownloads downloads;

    PackagePages(PackageDownloads downloads) {
        this.downloads = downloads;
    }

    @GetMapping("/cases/{reference}/packages/{version:[0-9]+}.pdf")
    void pdf(
            @PathVariable String reference,
            @PathVariable String version,
            @RequestParam(name = "for", required = false) @Nullable String destination,
            @AuthenticationPrincipal SignedIn me,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        downloads.write(reference, version, Form.PDF, destination, me, request, response);
    }

    @GetMapping("/cases/{reference}/packages/{version:[0-9]+}.zip")
    void zip(
            @PathVariable String reference,
            @PathVariable String version,
            @RequestParam(name = "for", required = false) @Nullable String destination,
            @AuthenticationPrincipal SignedIn me,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        downloads.write(reference, version, Form.ZIP, destination, me, request, response);
    }
}
