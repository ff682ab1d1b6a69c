package sallyport.console.pages;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
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
import sallyport.console.words.NoteWords;
import sallyport.console.words.Typed;
import sallyport.ledger.desk.CaseNoteDesk;
import sallyport.ledger.retention.Kept;
import sallyport.ledger.retention.RetentionProperties;
import sallyport.mappings.casenote.Justification;

/** The case notes that people asked for, a form to ask for more, and what of them is for the package. */
@Controller
class CaseNotePages {

    private static final Map<String, String> TITLES = Map.of(
            "prisonerNumber", "Whose notes",
            "from", "The first day",
            "until", "The last day",
            "types", "The types",
            "justification", "What they are for",
            "reason", "Reason");

    private final CaseNoteDesk desk;
    private final RetentionProperties retention;

    CaseNotePages(CaseNoteDesk desk, RetentionProperties retention) {
        this.desk = desk;
        this.retention = retention;
    }

    @GetMapping("/cases/{reference}/case-notes")
    String list(@PathVariable String reference, @AuthenticationPrincipal SignedIn me, Model model) {
        return show(reference, Map.of(), me, model);
    }

    @PostMapping("/cases/{reference}/case-notes")
    String ask(
            @PathVariable String reference,
            @RequestParam Map<String, String> typed,
            @AuthenticationPrincipal SignedIn me,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        try {
            CaseNoteDesk.Wanted wanted = NoteWords.wanted(
                    typed.get("prisonerNumber"),
                    typed.get("from"),
                    typed.get("until"),
                    typed.get("types"),
                    Typed.yes("sensitive", typed.get("sensitive")),
                    typed.get("justification"),
                    typed.get("reason"));
            CaseNoteDesk.Answer answer = desk.ask(Typed.reference(reference), wanted, me.username(), me.scope());
            if (answer instanceof CaseNoteDesk.NotInCase) {
                throw new BadParameter("prisonerNumber", "must be somebody who is in the case");
            }
            return said(
                    answer,
                    wanted.sensitive()
                            ? "The request is written down. A second person has to agree before the prison is asked."
                            : "The prison is asked. The notes are here in a moment.",
                    reference,
                    next);
        } catch (BadParameter bad) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            model.addAttribute("problem", bad);
            model.addAttribute(
                    "wrongText", TITLES.getOrDefault(bad.parameter(), bad.parameter()) + " " + bad.rule() + ".");
            return show(reference, typed, me, model);
        }
    }

    @PostMapping("/cases/{reference}/case-notes/{id}/{word:agree|refuse}")
    String decide(
            @PathVariable String reference,
            @PathVariable String id,
            @PathVariable String word,
            @RequestParam(required = false) @Nullable String reason,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes next) {
        try {
            return said(
                    desk.decide(
                            Typed.reference(reference),
                            Typed.id(id),
                            word.equals("agree"),
                            me.username(),
                            Typed.reason(reason),
                            me.scope()),
                    word.equals("agree")
                            ? "You agreed. The prison is asked; the notes are here in a moment."
                            : "You refused. The prison is not asked.",
                    reference,
                    next);
        } catch (BadParameter bad) {
            return withoutReason(bad, reference, next);
        }
    }

    @PostMapping("/cases/{reference}/case-notes/{id}/notes/{note}/{word:use|leave-out}")
    String choose(
            @PathVariable String reference,
            @PathVariable String id,
            @PathVariable String note,
            @PathVariable String word,
            @RequestParam(required = false) @Nullable String reason,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes next) {
        try {
            return said(
                    desk.choose(
                            Typed.reference(reference),
                            Typed.id(id),
                            Typed.id(note),
                            word.equals("use"),
                            me.username(),
                            Typed.reason(reason),
                            me.scope()),
                    word.equals("use")
                            ? "The note is for the package. The next version has it."
                            : "The note is left out.",
                    reference,
                    next);
        } catch (BadParameter bad) {
            return withoutReason(bad, reference, next);
        }
    }

    private static String withoutReason(BadParameter bad, String reference, RedirectAttributes next) {
        next.addFlashAttribute("warning", "Nothing was done: the reason " + bad.rule() + ".");
        return "redirect:/cases/" + Typed.reference(reference) + "/case-notes";
    }

    private static String said(CaseNoteDesk.Answer answer, String done, String reference, RedirectAttributes next) {
        if (answer instanceof CaseNoteDesk.NotThere) {
            throw new NotThereException();
        }
        next.addFlashAttribute(
                answer instanceof CaseNoteDesk.NotNow ? "warning" : "done",
                answer instanceof CaseNoteDesk.NotNow notNow ? "Nothing was done. " + notNow.why() : done);
        return "redirect:/cases/" + reference + "/case-notes";
    }

    private String show(String reference, Map<String, String> typed, SignedIn me, Model model) {
        model.addAttribute(
                "listed",
                desk.list(Typed.reference(reference), me.decides(), me.scope(), me.username())
                        .orElseThrow(NotThereException::new));
        model.addAttribute("typed", typed);
        model.addAttribute("justifications", Justification.values());
        model.addAttribute("unusedFor", retention.term(Kept.UNUSED_NOTES).toDays());
        return "case-notes";
    }
}
