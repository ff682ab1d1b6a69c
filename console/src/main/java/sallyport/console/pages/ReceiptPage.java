package sallyport.console.pages;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import sallyport.console.access.SignedIn;
import sallyport.ledger.desk.Ladders;

/** What each force owes, and which receipts are overdue. */
@Controller
class ReceiptPage {

    private static final int MOST = 200;

    private final Ladders ladders;

    ReceiptPage(Ladders ladders) {
        this.ladders = ladders;
    }

    @GetMapping("/receipts")
    String receipts(@AuthenticationPrincipal SignedIn me, Model model) {
        model.addAttribute("forces", ladders.forces(me.scope()));
        model.addAttribute("overdue", ladders.overdue(me.scope(), MOST));
        return "receipts";
    }
}
