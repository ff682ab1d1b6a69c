package sallyport.console.pages;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import sallyport.console.access.SignedIn;
import sallyport.console.words.BadParameter;
import sallyport.console.words.Typed;
import sallyport.ledger.desk.IntelligenceNotices;
import sallyport.ledger.desk.Page;

/** Which notices of intelligence fit which open cases, for those who decide about cases. */
@Controller
class IntelligencePage {

    private static final int SIZE = 50;

    private final IntelligenceNotices desk;

    IntelligencePage(IntelligenceNotices desk) {
        this.desk = desk;
    }

    @GetMapping("/intelligence")
    String notices(
            @RequestParam(required = false) @Nullable String prison,
            @RequestParam(required = false) @Nullable String page,
            @AuthenticationPrincipal SignedIn me,
            Model model,
            HttpServletResponse response) {
        try {
            String of = Typed.prison(prison);
            model.addAttribute("prison", of);
            model.addAttribute("found", desk.fitting(of, me.scope(), Typed.page(page, SIZE), SIZE, me.username()));
        } catch (BadParameter bad) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            model.addAttribute("found", new Page<>(List.of(), 0, SIZE, 0));
            model.addAttribute("problem", bad);
        }
        return "intelligence";
    }
}
