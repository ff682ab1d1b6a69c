package sallyport.console.pages;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import sallyport.console.access.SignedIn;
import sallyport.console.words.BadParameter;
import sallyport.console.words.Typed;
import sallyport.ledger.CommandWork;
import sallyport.ledger.desk.Commands;
import sallyport.ledger.desk.Counts;

/** What is parked for one cause, and its release. */
@Controller
class ParkedPages {

    private static final int MOST = 200;

    private final Counts counts;
    private final Commands commands;

    ParkedPages(Counts counts, Commands commands) {
        this.counts = counts;
        this.commands = commands;
    }

    @GetMapping("/parked")
    String parked(
            @RequestParam(required = false) @Nullable String kind,
            @RequestParam(required = false) @Nullable String code,
            @AuthenticationPrincipal SignedIn me,
            Model model) {
        if (kind != null && !kind.matches("[A-Z]{1,20}")) {
            throw new BadParameter("kind", "must be a kind of failure");
        }
        if (code != null && !code.matches("[\\w./:-]{0,100}")) {
            throw new BadParameter("code", "must be a code");
        }
        model.addAttribute("causes", counts.causes(me.scope()));
        model.addAttribute("kind", kind);
        model.addAttribute("code", code == null || code.isEmpty() ? null : code);
        if (kind != null) {
            model.addAttribute(
                    "parked", counts.parked(kind, code == null || code.isEmpty() ? null : code, me.scope(), MOST));
        }
        return "parked";
    }

    @PostMapping("/parked/release")
    String release(
            @RequestParam(required = false) @Nullable String what,
            @RequestParam(required = false) @Nullable String reason,
            @RequestParam(required = false) @Nullable String reference,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes next) {
        String back = reference != null && Typed.isReference(reference) ? "/cases/" + reference : "/parked";
        try {
            var answer = commands.ask(
                    CommandWork.RELEASE,
                    what == null ? "" : what,
                    null,
                    me.username(),
                    Typed.reason(reason),
                    me.scope());
            if (answer instanceof Commands.NotThere) {
                throw new NotThereException();
            }
            next.addFlashAttribute("done", "Recorded. It runs again within a few seconds.");
        } catch (BadParameter bad) {
            next.addFlashAttribute("warning", "Nothing was released: the reason " + bad.rule() + ".");
        }
        return "redirect:" + back;
    }
}
