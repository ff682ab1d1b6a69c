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
import sallyport.console.words.NotThereException;
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
    String release(Wish wish, @AuthenticationPrincipal SignedIn me, RedirectAttributes next) {
        return ask(CommandWork.RELEASE, wish, "It runs again within a few seconds.", me, next);
    }

    @PostMapping("/parked/confirm-sent")
    String confirmSent(Wish wish, @AuthenticationPrincipal SignedIn me, RedirectAttributes next) {
        return ask(CommandWork.CONFIRM_SENT, wish, "It is not sent again; what waits behind it goes on.", me, next);
    }

    @PostMapping("/parked/cancel-send")
    String cancelSend(Wish wish, @AuthenticationPrincipal SignedIn me, RedirectAttributes next) {
        return ask(CommandWork.CANCEL_SEND, wish, "It is not sent; what waits behind it goes on.", me, next);
    }

    /**
     * @param what the parked thing
     * @param reference of the case whose page this was asked on
     */
    record Wish(@Nullable String what, @Nullable String reason, @Nullable String reference) {}

    private String ask(String kind, Wish wish, String then, SignedIn me, RedirectAttributes next) {
        String reference = wish.reference();
        String back = reference != null && Typed.isReference(reference) ? "/cases/" + reference : "/parked";
        try {
            var answer = commands.ask(
                    kind,
                    wish.what() == null ? "" : wish.what(),
                    null,
                    me.username(),
                    Typed.reason(wish.reason()),
                    me.scope());
            if (answer instanceof Commands.NotThere) {
                throw new NotThereException();
            }
            if (answer instanceof Commands.NotNow notNow) {
                next.addFlashAttribute("warning", "Nothing was done. " + notNow.why());
            } else {
                next.addFlashAttribute("done", "Recorded. " + then);
            }
        } catch (BadParameter bad) {
            next.addFlashAttribute("warning", "Nothing was done: the reason " + bad.rule() + ".");
        }
        return "redirect:" + back;
    }
}
