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
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import sallyport.console.access.SignedIn;
import sallyport.console.words.BadParameter;
import sallyport.console.words.HandInAnswer;
import sallyport.console.words.Typed;
import sallyport.ledger.ReportKind;
import sallyport.ledger.desk.ReportDesk;
import sallyport.ledger.desk.TelephoneHandIn;

/** Telephone reports, and lists of them that are handed in. */
@Controller
@RequestMapping(TelephonePages.PATH)
final class TelephonePages extends ReportPages {

    static final String PATH = "/telephone-reports";

    private final TelephoneHandIn handIn;

    TelephonePages(ReportDesk desk, TelephoneHandIn handIn) {
        super(desk, ReportKind.TELEPHONE, PATH);
        this.handIn = handIn;
    }

    @GetMapping("/hand-in")
    String handIn() {
        return "telephone-hand-in";
    }

    @PostMapping("/hand-in")
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
}
