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
import sallyport.ledger.desk.Page;
import sallyport.ledger.desk.PrisonerAlerts;
import sallyport.mappings.prisoneralert.LiaisonCodes;
import sallyport.mappings.prisoneralert.LiaisonCodes.Group;

/** What people in open cases are marked with, for adjudication liaison officers. */
@Controller
class PrisonerAlertPage {

    private static final int SIZE = 50;

    private final PrisonerAlerts desk;

    PrisonerAlertPage(PrisonerAlerts desk) {
        this.desk = desk;
    }

    @GetMapping("/prisoner-alerts")
    String alerts(
            @RequestParam(required = false) @Nullable String group,
            @RequestParam(required = false) @Nullable String prison,
            @RequestParam(required = false) @Nullable String page,
            @AuthenticationPrincipal SignedIn me,
            Model model,
            HttpServletResponse response) {
        model.addAttribute("groups", Group.values());
        model.addAttribute("codes", LiaisonCodes.all());
        try {
            Group wanted = Typed.oneOf("group", group, Group.class);
            String of = Typed.prison(prison);
            var found = desk.active(wanted, of, me.scope(), Typed.page(page, SIZE), SIZE, me.username());
            model.addAttribute("group", wanted);
            model.addAttribute("prison", of);
            model.addAttribute("found", found.page());
            model.addAttribute("unread", found.unread());
        } catch (BadParameter bad) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            model.addAttribute("found", new Page<>(List.of(), 0, SIZE, 0));
            model.addAttribute("unread", 0L);
            model.addAttribute("problem", bad);
        }
        return "prisoner-alerts";
    }
}
