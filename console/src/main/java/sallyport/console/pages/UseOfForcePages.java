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
import sallyport.ledger.UseOfForceState;
import sallyport.ledger.desk.Page;
import sallyport.ledger.desk.UseOfForceDesk;

/** Use of force reports, and a person's word about which incident report each belongs to. */
@Controller
class UseOfForcePages {

    private static final int SIZE = 20;
    private static final String WHEN_DONE = "Noted, with your reason.";

    private final UseOfForceDesk desk;

    UseOfForcePages(UseOfForceDesk desk) {
        this.desk = desk;
    }

    @GetMapping("/use-of-force")
    String reports(
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String prison,
            @RequestParam(required = false) @Nullable String page,
            @AuthenticationPrincipal SignedIn me,
            Model model,
            HttpServletResponse response) {
        model.addAttribute("states", UseOfForceState.values());
        try {
            UseOfForceState wanted = Typed.oneOf("state", state, UseOfForceState.class);
            String of = Typed.prison(prison);
            model.addAttribute("state", wanted);
            model.addAttribute("prison", of);
            model.addAttribute(
                    "found", desk.reports(wanted, of, null, me.scope(), Typed.page(page, SIZE), SIZE, me.username()));
        } catch (BadParameter bad) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            model.addAttribute("found", new Page<>(List.of(), 0, SIZE, 0));
            model.addAttribute("problem", bad);
        }
        return "use-of-force";
    }

    @PostMapping("/use-of-force/{id}/confirm")
    String confirm(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String incident,
            @RequestParam(required = false) @Nullable String reason,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes next) {
        long report = Typed.id(id);
        String of = of(incident);
        return told(why -> desk.confirm(report, of, me.username(), why, me.scope()), reason, next);
    }

    @PostMapping("/use-of-force/{id}/refuse")
    String refuse(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String incident,
            @RequestParam(required = false) @Nullable String reason,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes next) {
        long report = Typed.id(id);
        String of = of(incident);
        return told(why -> desk.refuse(report, of, me.username(), why, me.scope()), reason, next);
    }

    @PostMapping("/use-of-force/{id}/alone")
    String alone(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String reason,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes next) {
        long report = Typed.id(id);
        return told(why -> desk.alone(report, me.username(), why, me.scope()), reason, next);
    }

    private static String told(NextPage.Wish wish, @Nullable String reason, RedirectAttributes next) {
        NextPage.tells(wish, reason, "reason", WHEN_DONE, next);
        return "redirect:/use-of-force";
    }

    private static String of(@Nullable String incident) {
        if (incident == null || incident.isBlank() || incident.length() > 100) {
            throw new NotThereException();
        }
        return incident;
    }
}
