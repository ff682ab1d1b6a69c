package sallyport.console.pages;

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
import sallyport.console.words.Typed;
import sallyport.ledger.desk.LegalHolds;
import sallyport.ledger.desk.RetentionDesk;

/** What is kept for how long, whether that holds, what went, and what is held; and holds on a case. */
@Controller
class RetentionPage {

    private static final int SIZE = 25;
    private static final int HOLDS = 200;

    private final RetentionDesk desk;
    private final LegalHolds holds;

    RetentionPage(RetentionDesk desk, LegalHolds holds) {
        this.desk = desk;
        this.holds = holds;
    }

    @GetMapping("/retention")
    String retention(
            @RequestParam(required = false) @Nullable String page, @AuthenticationPrincipal SignedIn me, Model model) {
        model.addAttribute("policies", desk.policies());
        model.addAttribute("holds", holds.inForce(me.scope(), HOLDS));
        model.addAttribute("found", desk.certificates(Typed.page(page, SIZE), SIZE));
        return "retention";
    }

    @PostMapping("/retention/{kind}/confirm")
    String confirm(
            @PathVariable String kind,
            @RequestParam(required = false) @Nullable String reason,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes next) {
        NextPage.tells(
                why -> desk.confirm(kind, me.username(), why),
                reason,
                "reason",
                "Confirmed. The next run goes on.",
                next);
        return "redirect:/retention";
    }

    @PostMapping("/cases/{reference}/place-hold")
    String place(
            @PathVariable String reference,
            @RequestParam(required = false) @Nullable String reason,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes next) {
        return hold(reference, true, reason, me, next);
    }

    @PostMapping("/cases/{reference}/release-hold")
    String release(
            @PathVariable String reference,
            @RequestParam(required = false) @Nullable String reason,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes next) {
        return hold(reference, false, reason, me, next);
    }

    private String hold(
            String reference, boolean place, @Nullable String reason, SignedIn me, RedirectAttributes next) {
        String held = Typed.reference(reference);
        NextPage.tells(
                why -> place
                        ? holds.place(held, me.username(), why, me.scope())
                        : holds.release(held, me.username(), why, me.scope()),
                reason,
                "reason",
                place
                        ? "The case is on legal hold. Nothing of it is erased."
                        : "The hold is released. The policies apply again.",
                next);
        return "redirect:/cases/" + held;
    }
}
