package sallyport.console.pages;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import sallyport.console.access.SignedIn;
import sallyport.console.words.BadParameter;
import sallyport.console.words.NotThereException;
import sallyport.console.words.Typed;
import sallyport.ledger.ChargeState;
import sallyport.ledger.desk.ChargeDesk;
import sallyport.ledger.desk.Page;

/** Charges that prisons have referred to the police, and a person's word about the case that each belongs to. */
@Controller
class ReferredChargePages {

    private static final int SIZE = 20;
    private static final String WHEN_DONE = "Noted, with your reason.";

    private final ChargeDesk desk;

    ReferredChargePages(ChargeDesk desk) {
        this.desk = desk;
    }

    @GetMapping("/referred-charges")
    String charges(
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String prison,
            @RequestParam(required = false) @Nullable String page,
            @AuthenticationPrincipal SignedIn me,
            Model model,
            HttpServletResponse response) {
        model.addAttribute("states", ChargeState.values());
        try {
            ChargeState wanted = Typed.oneOf("state", state, ChargeState.class);
            String of = Typed.prison(prison);
            model.addAttribute("state", wanted);
            model.addAttribute("prison", of);
            model.addAttribute(
                    "found", desk.charges(wanted, of, me.scope(), Typed.page(page, SIZE), SIZE, me.username()));
        } catch (BadParameter bad) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            model.addAttribute("found", new Page<>(List.of(), 0, SIZE, 0));
            model.addAttribute("problem", bad);
        }
        return "referred-charges";
    }

    @PostMapping("/referred-charges/{id}/confirm")
    String confirm(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String caseReference,
            @RequestParam(required = false) @Nullable String reason,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes next) {
        long charge = Typed.id(id);
        String of = of(caseReference);
        return told(why -> desk.confirm(charge, of, me.username(), why, me.scope()), reason, next);
    }

    @PostMapping("/referred-charges/{id}/refuse")
    String refuse(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String caseReference,
            @RequestParam(required = false) @Nullable String reason,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes next) {
        long charge = Typed.id(id);
        String of = of(caseReference);
        return told(why -> desk.refuse(charge, of, me.username(), why, me.scope()), reason, next);
    }

    @PostMapping("/referred-charges/{id}/alone")
    String alone(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String reason,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes next) {
        long charge = Typed.id(id);
        return told(why -> desk.alone(charge, me.username(), why, me.scope()), reason, next);
    }

    private static String told(NextPage.Wish wish, @Nullable String reason, RedirectAttributes next) {
        NextPage.tells(wish, reason, "reason", WHEN_DONE, next);
        return "redirect:/referred-charges";
    }

    private static String of(@Nullable String caseReference) {
        if (caseReference == null || !Typed.isReference(caseReference)) {
            throw new NotThereException();
        }
        return caseReference;
    }
}
