package sallyport.console.pages;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.Optional;
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
import sallyport.console.words.Typed;
import sallyport.console.words.Words;
import sallyport.ledger.EvidenceCheck;
import sallyport.ledger.EvidenceGate;

/** How the evidence log stands, whether it is what it was, and the operator's word while nothing leaves. */
@Controller
class EvidencePages {

    private final EvidenceCheck check;
    private final EvidenceGate gate;
    private final Words words;

    EvidencePages(EvidenceCheck check, EvidenceGate gate, Words words) {
        this.check = check;
        this.gate = gate;
        this.words = words;
    }

    @GetMapping("/evidence")
    String evidence(Model model) {
        model.addAttribute("gate", gate.standing());
        return "evidence";
    }

    @PostMapping("/evidence/verify")
    String verify(Model model) {
        model.addAttribute("verification", check.verify());
        model.addAttribute("gate", gate.standing());
        return "evidence";
    }

    @PostMapping("/evidence/override")
    String override(
            @RequestParam(required = false) @Nullable String reason,
            @AuthenticationPrincipal SignedIn me,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        Optional<Instant> until;
        try {
            until = gate.letImmediateThrough(me.username(), Typed.reason(reason));
        } catch (BadParameter bad) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            model.addAttribute("problem", bad);
            model.addAttribute("gate", gate.standing());
            return "evidence";
        }
        if (until.isPresent()) {
            next.addFlashAttribute(
                    "done",
                    "The immediate class may leave until " + words.time(until.get()) + ". Your word is in the log.");
        } else {
            next.addFlashAttribute("warning", "Nothing was done. The gate is open: nothing is held back.");
        }
        return "redirect:/evidence";
    }
}
