package sallyport.console.pages;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import sallyport.console.access.SignedIn;
import sallyport.console.words.BadParameter;
import sallyport.console.words.HandInAnswer;
import sallyport.console.words.NotThereException;
import sallyport.console.words.Typed;
import sallyport.ledger.TelephoneState;
import sallyport.ledger.desk.Page;
import sallyport.ledger.desk.TelephoneDesk;
import sallyport.ledger.desk.TelephoneHandIn;

/** Telephone reports, a person's word about which incident report each announced, and lists that are handed in. */
@Controller
class TelephonePages {

    private static final int SIZE = 20;
    private static final String WHEN_DONE = "Noted, with your reason.";

    private final TelephoneDesk desk;
    private final TelephoneHandIn handIn;

    TelephonePages(TelephoneDesk desk, TelephoneHandIn handIn) {
        this.desk = desk;
        this.handIn = handIn;
    }

    @GetMapping("/telephone-reports")
    String reports(
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String prison,
            @RequestParam(required = false) @Nullable String page,
            @AuthenticationPrincipal SignedIn me,
            Model model,
            HttpServletResponse response) {
        model.addAttribute("states", TelephoneState.values());
        try {
            TelephoneState wanted = Typed.oneOf("state", state, TelephoneState.class);
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
        return "telephone-reports";
    }

    @GetMapping("/telephone-reports/hand-in")
    String handIn() {
        return "telephone-hand-in";
    }

    @PostMapping("/telephone-reports/hand-in")
    String handIn(
            @RequestParam(required = false) @Nullable MultipartFile file,
            @RequestParam(required = false) @Nullable String reason,
            @AuthenticationPrincipal SignedIn me,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next)
            throws IOException {
        String why;
        try {
            why = Typed.reason(reason);
        } catch (BadParameter bad) {
            return again(bad, List.of(), HttpServletResponse.SC_BAD_REQUEST, model, response);
        }
        if (file == null || file.isEmpty()) {
            var none = new BadParameter("file", "must be chosen, and not be empty");
            return again(none, List.of(), HttpServletResponse.SC_BAD_REQUEST, model, response);
        }
        TelephoneHandIn.Answer answer;
        try (InputStream bytes = file.getInputStream()) {
            answer = handIn.take(bytes, file.getSize(), me.username(), why, me.scope());
        }
        if (answer instanceof TelephoneHandIn.Refused refused) {
            return again(
                    new BadParameter("file", "was not taken. " + HandInAnswer.why(refused)),
                    HandInAnswer.lines(refused.lines()),
                    HandInAnswer.status(refused),
                    model,
                    response);
        }
        TelephoneHandIn.Taken taken = (TelephoneHandIn.Taken) answer;
        next.addFlashAttribute(
                "done",
                taken.reports() == 1
                        ? "The list is taken, with one report."
                        : "The list is taken, with " + taken.reports() + " reports.");
        next.addFlashAttribute("unread", HandInAnswer.lines(taken.unread()));
        return "redirect:/telephone-reports/hand-in";
    }

    private static String again(
            BadParameter problem,
            List<HandInAnswer.Line> lines,
            int status,
            Model model,
            HttpServletResponse response) {
        response.setStatus(status);
        model.addAttribute("problem", problem);
        model.addAttribute("lines", lines);
        return "telephone-hand-in";
    }

    @PostMapping("/telephone-reports/{id}/confirm")
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

    @PostMapping("/telephone-reports/{id}/refuse")
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

    @PostMapping("/telephone-reports/{id}/alone")
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
        return "redirect:/telephone-reports";
    }

    private static String of(@Nullable String incident) {
        if (incident == null || incident.isBlank() || incident.length() > 100) {
            throw new NotThereException();
        }
        return incident;
    }
}
