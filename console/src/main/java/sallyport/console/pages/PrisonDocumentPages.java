package sallyport.console.pages;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import sallyport.console.access.SignedIn;
import sallyport.console.words.BadParameter;
import sallyport.console.words.NotThereException;
import sallyport.console.words.NoteWords;
import sallyport.console.words.Typed;
import sallyport.ledger.desk.PrisonDocumentDesk;

/** Asking for documents that the prison holds; they are shown among the documents of the case. */
@Controller
class PrisonDocumentPages {

    private final PrisonDocumentDesk desk;

    PrisonDocumentPages(PrisonDocumentDesk desk) {
        this.desk = desk;
    }

    @PostMapping("/cases/{reference}/prison-documents")
    String search(
            @PathVariable String reference,
            @RequestParam(required = false) @Nullable String prisonerNumber,
            @RequestParam(required = false) @Nullable String reason,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes next) {
        return said(
                reference,
                () -> desk.search(
                        Typed.reference(reference),
                        NoteWords.number(prisonerNumber),
                        me.username(),
                        Typed.reason(reason),
                        me.scope()),
                "The prison is asked. What it holds is listed here in a moment; nothing is taken by it.",
                next);
    }

    @PostMapping("/cases/{reference}/prison-documents/{id}/take")
    String take(
            @PathVariable String reference,
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String reason,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes next) {
        return said(
                reference,
                () -> desk.take(
                        Typed.reference(reference), Typed.id(id), me.username(), Typed.reason(reason), me.scope()),
                "The document is asked for. It is among the documents in a moment, and scanned before anybody can fetch it.",
                next);
    }

    private static String said(
            String reference, Supplier<PrisonDocumentDesk.Answer> asking, String done, RedirectAttributes next) {
        try {
            PrisonDocumentDesk.Answer answer = asking.get();
            if (answer instanceof PrisonDocumentDesk.NotThere) {
                throw new NotThereException();
            }
            if (answer instanceof PrisonDocumentDesk.NotInCase) {
                throw new BadParameter("prisonerNumber", "must be somebody who is in the case");
            }
            next.addFlashAttribute(
                    answer instanceof PrisonDocumentDesk.NotNow ? "warning" : "done",
                    answer instanceof PrisonDocumentDesk.NotNow notNow
                            ? "Nothing was asked for. " + notNow.why()
                            : done);
        } catch (BadParameter bad) {
            next.addFlashAttribute(
                    "warning",
                    "Nothing was asked for: the " + (bad.parameter().equals("reason") ? "reason " : "prisoner number ")
                            + bad.rule() + ".");
        }
        return "redirect:/cases/" + Typed.reference(reference) + "/documents#held";
    }
}
