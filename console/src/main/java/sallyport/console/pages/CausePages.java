package sallyport.console.pages;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriComponentsBuilder;
import sallyport.console.access.SignedIn;
import sallyport.console.words.BadParameter;
import sallyport.console.words.Typed;
import sallyport.ledger.desk.Causes;
import sallyport.ledger.desk.Commands;

/** What fails, grouped by cause; one cause with its cases, and the release of all that is parked for it. */
@Controller
class CausePages {

    private static final int MOST = 200;

    private final Causes causes;
    private final Commands commands;

    CausePages(Causes causes, Commands commands) {
        this.causes = causes;
        this.commands = commands;
    }

    @GetMapping("/causes")
    String causes(
            @RequestParam(required = false) @Nullable String of,
            @RequestParam(required = false) @Nullable String kind,
            @RequestParam(required = false) @Nullable String code,
            @AuthenticationPrincipal SignedIn me,
            Model model) {
        if (of == null && kind == null && code == null) {
            model.addAttribute("causes", causes.all(me.scope()));
            return "causes";
        }
        Causes.Key key = Typed.cause(of, kind, code);
        model.addAttribute("key", key);
        model.addAttribute("cause", causes.one(key, me.scope()).orElse(null));
        model.addAttribute("failures", causes.failures(key, me.scope(), MOST));
        return "cause";
    }

    @PostMapping("/causes/release")
    String release(
            @RequestParam(required = false) @Nullable String of,
            @RequestParam(required = false) @Nullable String kind,
            @RequestParam(required = false) @Nullable String code,
            @RequestParam(required = false) @Nullable String reason,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes next) {
        Causes.Key key = Typed.cause(of, kind, code);
        try {
            var answer = commands.releaseAll(key, me.username(), Typed.reason(reason), me.scope());
            if (answer instanceof Commands.AskedForAll all) {
                next.addFlashAttribute(
                        "done",
                        all.count() + (all.count() == 1 ? " is" : " are")
                                + " released within a few seconds, each case in its own order.");
            } else if (answer instanceof Commands.NotNow notNow) {
                next.addFlashAttribute("warning", "Nothing was done. " + notNow.why());
            } else {
                next.addFlashAttribute("warning", "Nothing is parked for this cause any more.");
            }
        } catch (BadParameter bad) {
            next.addFlashAttribute("warning", "Nothing was done: the reason " + bad.rule() + ".");
        }
        return "redirect:"
                + UriComponentsBuilder.fromPath("/causes")
                        .queryParam("of", key.of())
                        .queryParam("kind", key.kind())
                        .queryParam("code", key.code())
                        .toUriString();
    }
}
