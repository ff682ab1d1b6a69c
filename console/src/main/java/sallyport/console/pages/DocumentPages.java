package sallyport.console.pages;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Collectors;
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
import sallyport.console.words.DocumentAnswer;
import sallyport.console.words.HeldWords;
import sallyport.console.words.NotThereException;
import sallyport.console.words.NoteWords;
import sallyport.console.words.Typed;
import sallyport.ledger.desk.CaseDocuments;
import sallyport.ledger.desk.PhotoDesk;
import sallyport.ledger.desk.PrisonDocumentDesk;

/** The documents of a case, one more, and one to keep as a file. */
@Controller
class DocumentPages {

    private final CaseDocuments desk;
    private final PhotoDesk photos;
    private final PrisonDocumentDesk held;

    DocumentPages(CaseDocuments desk, PhotoDesk photos, PrisonDocumentDesk held) {
        this.desk = desk;
        this.photos = photos;
        this.held = held;
    }

    @GetMapping("/cases/{reference}/documents")
    String list(@PathVariable String reference, @AuthenticationPrincipal SignedIn me, Model model) {
        return show(reference, me, model);
    }

    @PostMapping("/cases/{reference}/documents")
    String add(
            @PathVariable String reference,
            @RequestParam(required = false) @Nullable String kind,
            @RequestParam(required = false) @Nullable MultipartFile file,
            @AuthenticationPrincipal SignedIn me,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next)
            throws IOException {
        if (file == null || file.isEmpty()) {
            return again("file", "must be chosen, and not be empty", 400, reference, me, model, response);
        }
        CaseDocuments.Answer answer;
        try (InputStream bytes = file.getInputStream()) {
            // What a browser says that a file is comes from its name: the bytes tell.
            answer = desk.take(
                    Typed.reference(reference),
                    kind,
                    file.getOriginalFilename(),
                    null,
                    file.getSize(),
                    bytes,
                    me.username(),
                    me.scope());
        }
        if (answer instanceof CaseDocuments.NotThere) {
            throw new NotThereException();
        }
        if (answer instanceof CaseDocuments.Refused refused) {
            return again(
                    refused.code().equals("unknown-kind") ? "kind" : "file",
                    "was not taken. " + refused.why(),
                    DocumentAnswer.status(refused),
                    reference,
                    me,
                    model,
                    response);
        }
        next.addFlashAttribute(
                answer instanceof CaseDocuments.NotNow ? "warning" : "done",
                answer instanceof CaseDocuments.NotNow notNow
                        ? "Nothing was added. " + notNow.why()
                        : "The document is added. It is scanned before anybody can fetch it.");
        return "redirect:/cases/" + reference + "/documents";
    }

    @PostMapping("/cases/{reference}/photographs")
    String askForPhotograph(
            @PathVariable String reference,
            @RequestParam(required = false) @Nullable String prisonerNumber,
            @RequestParam(required = false) @Nullable String reason,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes next) {
        try {
            PhotoDesk.Answer answer = photos.ask(
                    Typed.reference(reference),
                    NoteWords.number(prisonerNumber),
                    me.username(),
                    Typed.reason(reason),
                    me.scope());
            if (answer instanceof PhotoDesk.NotThere) {
                throw new NotThereException();
            }
            if (answer instanceof PhotoDesk.NotInCase) {
                throw new BadParameter("prisonerNumber", "must be somebody who is in the case");
            }
            next.addFlashAttribute(
                    answer instanceof PhotoDesk.NotNow ? "warning" : "done",
                    answer instanceof PhotoDesk.NotNow notNow
                            ? "Nothing was asked for. " + notNow.why()
                            : "The photograph is asked for. It is here in a moment, if there is one.");
        } catch (BadParameter bad) {
            next.addFlashAttribute(
                    "warning",
                    "Nothing was asked for: the " + (bad.parameter().equals("reason") ? "reason " : "prisoner number ")
                            + bad.rule() + ".");
        }
        return "redirect:/cases/" + Typed.reference(reference) + "/documents";
    }

    @GetMapping("/cases/{reference}/documents/{id}")
    Object fetch(
            @PathVariable String reference,
            @PathVariable String id,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes next) {
        CaseDocuments.Answer answer =
                desk.fetch(Typed.reference(reference), Typed.id(id), me.scope(), me.username(), me.decides());
        if (answer instanceof CaseDocuments.Fetched fetched) {
            return DocumentAnswer.file(fetched.download());
        }
        if (answer instanceof CaseDocuments.NotForThem) {
            next.addFlashAttribute(
                    "warning",
                    "Document " + id + " holds the contacts of a witness. Ask a coordinator, who may fetch it.");
            return "redirect:/cases/" + reference + "/documents";
        }
        if (answer instanceof CaseDocuments.NotNow notNow) {
            next.addFlashAttribute("warning", notNow.why());
            return "redirect:/cases/" + reference + "/documents";
        }
        throw new NotThereException();
    }

    private String again(
            String field,
            String rule,
            int status,
            String reference,
            SignedIn me,
            Model model,
            HttpServletResponse response) {
        response.setStatus(status);
        model.addAttribute("problem", new BadParameter(field, rule));
        return show(reference, me, model);
    }

    private String show(String reference, SignedIn me, Model model) {
        model.addAttribute(
                "listed",
                desk.list(Typed.reference(reference), me.scope(), me.username()).orElseThrow(NotThereException::new));
        model.addAttribute(
                "photographs",
                photos.list(Typed.reference(reference), me.scope(), me.username())
                        .orElseThrow(NotThereException::new));
        PrisonDocumentDesk.Listed atThePrison =
                held.list(Typed.reference(reference), me.scope(), me.username()).orElseThrow(NotThereException::new);
        model.addAttribute("held", atThePrison);
        model.addAttribute(
                "whyNot",
                atThePrison.documents().stream()
                        .filter(one -> one.code() != null)
                        .collect(Collectors.toMap(PrisonDocumentDesk.Held::id, one -> HeldWords.why(one.code()))));
        model.addAttribute("kinds", desk.kinds());
        model.addAttribute("types", String.join(",", desk.mediaTypes()));
        model.addAttribute("megabytes", desk.maxBytes() / 1_000_000);
        return "documents";
    }
}
