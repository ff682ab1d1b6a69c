package sallyport.console.pages;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
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
import sallyport.ledger.ReportKind;
import sallyport.ledger.ReportState;
import sallyport.ledger.desk.Page;
import sallyport.ledger.desk.ReportDesk;

/** Reports of one kind, and a person's word about which incident report each belongs to. */
abstract class ReportPages {

    private static final int SIZE = 20;
    private static final int MAX_INCIDENT = 100;
    private static final String WHEN_DONE = "Noted, with your reason.";

    private final ReportDesk desk;
    private final ReportKind kind;
    private final String path;

    ReportPages(ReportDesk desk, ReportKind kind, String path) {
        this.desk = desk;
        this.kind = kind;
        this.path = path;
    }

    @GetMapping
    String reports(
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String prison,
            @RequestParam(required = false) @Nullable String page,
            @AuthenticationPrincipal SignedIn me,
            Model model,
            HttpServletResponse response) {
        model.addAttribute("kind", kind);
        model.addAttribute("path", path);
        model.addAttribute("states", ReportState.values());
        try {
            var wanted =
                    new ReportDesk.Wanted(Typed.oneOf("state", state, ReportState.class), Typed.prison(prison), null);
            model.addAttribute("state", wanted.state());
            model.addAttribute("prison", wanted.prison());
            model.addAttribute(
                    "found", desk.reports(kind, wanted, me.scope(), Typed.page(page, SIZE), SIZE, me.username()));
        } catch (BadParameter bad) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            model.addAttribute("found", new Page<>(List.of(), 0, SIZE, 0));
            model.addAttribute("problem", bad);
        }
        return "matched-reports";
    }

    @PostMapping("/{id}/confirm")
    String confirm(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String incident,
            @RequestParam(required = false) @Nullable String reason,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes next) {
        long report = Typed.id(id);
        String of = of(incident);
        return told(why -> desk.confirm(kind, report, of, me.username(), why, me.scope()), reason, next);
    }

    @PostMapping("/{id}/refuse")
    String refuse(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String incident,
            @RequestParam(required = false) @Nullable String reason,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes next) {
        long report = Typed.id(id);
        String of = of(incident);
        return told(why -> desk.refuse(kind, report, of, me.username(), why, me.scope()), reason, next);
    }

    @PostMapping("/{id}/alone")
    String alone(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String reason,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes next) {
        long report = Typed.id(id);
        return told(why -> desk.alone(kind, report, me.username(), why, me.scope()), reason, next);
    }

    private String told(NextPage.Wish wish, @Nullable String reason, RedirectAttributes next) {
        NextPage.tells(wish, reason, "reason", WHEN_DONE, next);
        return "redirect:" + path;
    }

    private static String of(@Nullable String incident) {
        if (incident == null || incident.isBlank() || incident.length() > MAX_INCIDENT) {
            throw new NotThereException();
        }
        return incident;
    }
}
