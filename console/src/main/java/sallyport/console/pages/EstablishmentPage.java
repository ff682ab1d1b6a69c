package sallyport.console.pages;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import sallyport.console.access.SignedIn;
import sallyport.ledger.desk.Establishments;

/** The establishments of the prison register beside the force of each. */
@Controller
class EstablishmentPage {

    private final Establishments desk;

    EstablishmentPage(Establishments desk) {
        this.desk = desk;
    }

    @GetMapping("/establishments")
    String establishments(@AuthenticationPrincipal SignedIn me, Model model) {
        model.addAttribute("establishments", desk.list(me.scope()));
        return "establishments";
    }
}
