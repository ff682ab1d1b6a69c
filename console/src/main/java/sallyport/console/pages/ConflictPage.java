package sallyport.console.pages;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import sallyport.console.access.SignedIn;
import sallyport.console.words.Typed;
import sallyport.ledger.desk.ConflictDesk;

/** What partners sent that could not be applied. */
@Controller
class ConflictPage {

    private static final int SIZE = 50;

    private final ConflictDesk desk;

    ConflictPage(ConflictDesk desk) {
        this.desk = desk;
    }

    @GetMapping("/conflicts")
    String conflicts(
            @RequestParam(required = false) @Nullable String page, @AuthenticationPrincipal SignedIn me, Model model) {
        model.addAttribute("found", desk.entries(me.scope(), Typed.page(page, SIZE), SIZE));
        return "conflicts";
    }
}
