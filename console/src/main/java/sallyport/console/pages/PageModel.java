package sallyport.console.pages;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import sallyport.console.access.SignedIn;
import sallyport.console.words.Words;

/** What every page has: who is looking, where, and the words. */
@ControllerAdvice(basePackageClasses = PageModel.class)
class PageModel {

    private final Words words;

    PageModel(Words words) {
        this.words = words;
    }

    @ModelAttribute("words")
    Words words() {
        return words;
    }

    @ModelAttribute("me")
    @Nullable
    SignedIn me(@AuthenticationPrincipal @Nullable SignedIn me) {
        return me;
    }

    /** Whether parts of the page refresh themselves; whom that disturbs can stop it. */
    @ModelAttribute("live")
    boolean live(HttpServletRequest request) {
        return !"off".equals(request.getParameter("live"));
    }

    /** The first part of the path: what the navigation marks. */
    @ModelAttribute("section")
    String section(HttpServletRequest request) {
        String[] parts = request.getServletPath().split("/", 3);
        return parts.length > 1 ? parts[1] : "";
    }
}
