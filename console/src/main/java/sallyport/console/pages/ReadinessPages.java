package sallyport.console.pages;

import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.List;
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
import sallyport.console.words.FactWords;
import sallyport.console.words.NotThereException;
import sallyport.console.words.Typed;
import sallyport.ledger.desk.CaseFacts;
import sallyport.mappings.referral.Fact;
import sallyport.mappings.referral.FactForm;
import sallyport.mappings.referral.ReadinessItem;

/** The checklist of a case, and a form for each item of it. */
@Controller
class ReadinessPages {

    /** Empty entries that a form shows after those that are there. */
    private static final int ROOM = 2;

    private final CaseFacts desk;

    ReadinessPages(CaseFacts desk) {
        this.desk = desk;
    }

    @GetMapping("/cases/{reference}/readiness")
    String list(@PathVariable String reference, @AuthenticationPrincipal SignedIn me, Model model) {
        model.addAttribute(
                "checked",
                desk.checklist(Typed.reference(reference), me.scope(), me.username())
                        .orElseThrow(NotThereException::new));
        return "readiness";
    }

    @GetMapping("/cases/{reference}/readiness/{item}")
    String one(
            @PathVariable String reference,
            @PathVariable String item,
            @AuthenticationPrincipal SignedIn me,
            Model model) {
        return show(reference, named(item), null, me, model);
    }

    @PostMapping("/cases/{reference}/readiness/{item}")
    String answer(
            @PathVariable String reference,
            @PathVariable String item,
            @RequestParam Map<String, String> typed,
            @AuthenticationPrincipal SignedIn me,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        ReadinessItem named = named(item);
        if (!FactForm.exists(named)) {
            throw new NotThereException();
        }
        try {
            Fact fact = FactWords.typed(FactForm.of(named), typed);
            var answer = desk.keep(
                    Typed.reference(reference), fact, FactWords.after(typed.get("after")), me.username(), me.scope());
            if (answer instanceof CaseFacts.NotNow notNow) {
                response.setStatus(HttpServletResponse.SC_CONFLICT);
                model.addAttribute("warning", "Nothing was kept. " + notNow.why());
                return show(reference, named, typed, me, model);
            }
            return said(answer, "The answer is kept.", reference, next);
        } catch (BadParameter bad) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            model.addAttribute("problem", bad);
            return show(reference, named, typed, me, model);
        }
    }

    @PostMapping("/cases/{reference}/readiness/{item}/withdraw")
    String withdraw(
            @PathVariable String reference,
            @PathVariable String item,
            @RequestParam(required = false) @Nullable String reason,
            @RequestParam(required = false) @Nullable String after,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes next) {
        try {
            var answer = desk.withdraw(
                    Typed.reference(reference),
                    named(item),
                    FactWords.after(after),
                    me.username(),
                    Typed.reason(reason),
                    me.scope());
            return said(answer, "The answer is taken back.", reference, next);
        } catch (BadParameter bad) {
            next.addFlashAttribute("warning", "Nothing was done: the reason " + bad.rule() + ".");
            return "redirect:/cases/" + Typed.reference(reference) + "/readiness/"
                    + named(item).code();
        }
    }

    private static String said(CaseFacts.Answer answer, String done, String reference, RedirectAttributes next) {
        if (answer instanceof CaseFacts.NotThere) {
            throw new NotThereException();
        }
        next.addFlashAttribute(
                answer instanceof CaseFacts.NotNow ? "warning" : "done",
                answer instanceof CaseFacts.NotNow notNow ? "Nothing was done. " + notNow.why() : done);
        return "redirect:/cases/" + reference + "/readiness";
    }

    /** @param typed what was typed and could not be taken; null shows the answer that counts */
    private String show(
            String reference, ReadinessItem item, @Nullable Map<String, String> typed, SignedIn me, Model model) {
        var history = desk.history(Typed.reference(reference), item, me.scope(), me.username())
                .orElseThrow(NotThereException::new);
        model.addAttribute("history", history);
        model.addAttribute("checked", history.checked());
        model.addAttribute("item", history.item());
        if (FactForm.exists(item)) {
            FactForm form = FactForm.of(item);
            Map<String, String> filled = typed == null ? filled(history.item().said()) : typed;
            model.addAttribute("form", form);
            model.addAttribute("filled", filled);
            model.addAttribute("rows", rows(form, filled));
            model.addAttribute(
                    "after", typed == null ? String.valueOf(history.item().version()) : typed.get("after"));
        }
        if (model.getAttribute("problem") instanceof BadParameter bad) {
            model.addAttribute("wrongField", bad.parameter());
            model.addAttribute(
                    "wrongText",
                    FactForm.exists(item)
                            ? FactWords.title(FactForm.of(item), bad.parameter()) + " " + bad.rule()
                            : bad.rule());
        }
        return "readiness-item";
    }

    private static int rows(FactForm form, Map<String, String> filled) {
        if (form.heldBySystem()) {
            return 0;
        }
        int last = 0;
        for (int n = 0; n < FactForm.MOST_ENTRIES; n++) {
            String entry = "e" + n + ".";
            if (filled.entrySet().stream()
                    .anyMatch(field -> field.getKey().startsWith(entry)
                            && !field.getValue().isBlank())) {
                last = n + 1;
            }
        }
        return form.several() ? Math.min(FactForm.MOST_ENTRIES, last + (last == 0 ? 1 : ROOM)) : 1;
    }

    private static Map<String, String> filled(CaseFacts.@Nullable Said said) {
        Map<String, String> filled = new HashMap<>();
        if (said != null) {
            filled.put("state", String.valueOf(said.state()));
            filled.put("note", said.note() == null ? "" : said.note());
            filled.put("source", said.source() == null ? "" : said.source());
            List<Map<String, Object>> entries = said.entries();
            for (int n = 0; n < entries.size(); n++) {
                String entry = "e" + n + ".";
                entries.get(n).forEach((field, value) -> filled.put(entry + field, String.valueOf(value)));
            }
        }
        return filled;
    }

    private static ReadinessItem named(String item) {
        return FactWords.item(item).orElseThrow(NotThereException::new);
    }
}
