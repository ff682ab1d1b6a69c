package sallyport.console.pages;

import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
import sallyport.console.words.Timeline;
import sallyport.console.words.Typed;
import sallyport.ledger.CaseState;
import sallyport.ledger.CommandWork;
import sallyport.ledger.ReportKind;
import sallyport.ledger.desk.CaseDesk;
import sallyport.ledger.desk.CaseFile;
import sallyport.ledger.desk.CaseQuery;
import sallyport.ledger.desk.Commands;
import sallyport.ledger.desk.Explained;
import sallyport.ledger.desk.Page;
import sallyport.ledger.desk.ReportDesk;
import sallyport.mappings.disclosure.DisclosureProfiles;
import sallyport.mappings.referral.GroundsSaid;
import sallyport.mappings.referral.NamedDocument;
import sallyport.mappings.triage.SeriesRules;

/** The list of cases, one case, and what may be asked for about it. */
@Controller
class CasePages {

    private static final Map<String, String> KINDS = Map.of(
            "approve", CommandWork.APPROVE,
            "keep-internal", CommandWork.KEEP_INTERNAL,
            "confirm-withdrawal", CommandWork.CONFIRM_WITHDRAWAL,
            "confirm-review", CommandWork.CONFIRM_REVIEW);

    private static final int MOST_REPORTS = 50;

    private final CaseDesk desk;
    private final Commands commands;
    private final ReportDesk reports;

    CasePages(CaseDesk desk, Commands commands, ReportDesk reports) {
        this.desk = desk;
        this.commands = commands;
        this.reports = reports;
    }

    @GetMapping("/cases")
    String cases(
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String force,
            @RequestParam(required = false) @Nullable String prison,
            @RequestParam(required = false) @Nullable String series,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String page,
            @AuthenticationPrincipal SignedIn me,
            Model model,
            HttpServletResponse response) {
        CaseQuery query;
        try {
            query = Typed.caseQuery(state, force, prison, series, q, page, null);
            model.addAttribute("found", desk.cases(query, me.scope()));
        } catch (BadParameter bad) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            query = Typed.caseQuery(null, null, null, null, null, null, null);
            model.addAttribute("found", new Page<>(List.of(), 0, Typed.PAGE_SIZE, 0));
            model.addAttribute("problem", bad);
        }
        model.addAttribute("query", query);
        model.addAttribute("states", CaseState.values());
        model.addAttribute("kindsOfSeries", SeriesRules.Kind.values());
        return "cases";
    }

    @GetMapping("/cases/{reference}")
    String one(
            @PathVariable String reference,
            @RequestParam(required = false) @Nullable String own,
            @AuthenticationPrincipal SignedIn me,
            Model model) {
        Optional<String> survivor = desk.combinedInto(Typed.reference(reference), me.scope());
        if (survivor.isPresent() && !"true".equals(own)) {
            return "redirect:/cases/" + survivor.get();
        }
        return show(reference, me, model);
    }

    @PostMapping("/cases/{reference}/combine")
    String combine(
            @PathVariable String reference,
            @RequestParam(required = false) @Nullable String with,
            @RequestParam(required = false) @Nullable String reason,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes next) {
        String one = Typed.reference(reference);
        String other = with == null ? "" : with.strip().toUpperCase(Locale.ROOT);
        if (Typed.isReference(other)) {
            NextPage.tells(
                    why -> commands.combine(one, other, me.username(), why, me.scope()),
                    reason,
                    "reason",
                    "Recorded. The hub carries it out within a few seconds.",
                    next);
        } else {
            next.addFlashAttribute("warning", "Name the other case by its reference, such as SP-2026-000123.");
        }
        return "redirect:/cases/" + one;
    }

    @PostMapping("/cases/{reference}/{command}")
    String ask(
            @PathVariable String reference,
            @PathVariable String command,
            @RequestParam(required = false) @Nullable String reason,
            @RequestParam(required = false) @Nullable String force,
            @AuthenticationPrincipal SignedIn me,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        String kind = KINDS.get(command);
        if (kind == null) {
            throw new NotThereException();
        }
        try {
            var answer = commands.ask(
                    kind,
                    Typed.reference(reference),
                    kind.equals(CommandWork.APPROVE) ? Typed.force(force) : null,
                    me.username(),
                    Typed.reason(reason),
                    me.scope());
            if (answer instanceof Commands.NotThere) {
                throw new NotThereException();
            }
            next.addFlashAttribute(
                    answer instanceof Commands.NotNow notNow ? "warning" : "done",
                    answer instanceof Commands.NotNow notNow
                            ? notNow.why()
                            : "Recorded. The hub carries it out within a few seconds." + note(answer));
            return "redirect:/cases/" + reference;
        } catch (BadParameter bad) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            model.addAttribute("problem", bad);
            return show(reference, me, model);
        }
    }

    private static String note(Commands.Answer answer) {
        return answer instanceof Commands.Asked asked && asked.note() != null ? " " + asked.note() : "";
    }

    private static boolean staffAsked(CaseFile file) {
        return file.decisions().stream()
                .filter(decision -> decision.kind().equals("TRIAGE"))
                .reduce((earlier, later) -> later)
                .map(CaseFile.Decision::explanation)
                .filter(GroundsSaid::staffAsked)
                .isPresent();
    }

    private String show(String reference, SignedIn me, Model model) {
        CaseFile file = desk.caseFile(Typed.reference(reference), me.scope(), me.username())
                .orElseThrow(NotThereException::new);
        List<Timeline.Entry> newestFirst = new ArrayList<>(Timeline.story(file));
        Collections.reverse(newestFirst);
        model.addAttribute("file", file);
        model.addAttribute("row", file.row());
        model.addAttribute("combined", desk.combined(reference, me.scope()));
        model.addAttribute("survivor", desk.combinedInto(reference, me.scope()).orElse(null));
        model.addAttribute("telephone", reports(ReportKind.TELEPHONE, reference, me));
        model.addAttribute("useOfForce", reports(ReportKind.USE_OF_FORCE, reference, me));
        model.addAttribute("timeline", newestFirst);
        model.addAttribute("forceGetsDocuments", NamedDocument.pass(DisclosureProfiles.of("force")));
        model.addAttribute("routine", Timeline.routine(file));
        model.addAttribute("triage", triage(file));
        model.addAttribute("staffAsked", staffAsked(file));
        model.addAttribute("offences", Explained.offences(file));
        model.addAttribute(
                "readiness",
                file.packages().isEmpty()
                        ? List.of()
                        : Explained.readiness(
                                file.packages().get(file.packages().size() - 1).readiness()));
        model.addAttribute(
                "pending",
                file.commands().stream()
                        .filter(command -> command.doneAt() == null && KINDS.containsValue(command.kind()))
                        .findFirst()
                        .orElse(null));
        return "case";
    }

    private List<ReportDesk.Row> reports(ReportKind kind, String reference, SignedIn me) {
        return reports.reports(kind, ReportDesk.Wanted.of(reference), me.scope(), 0, MOST_REPORTS, me.username())
                .items();
    }

    private static @Nullable Triage triage(CaseFile file) {
        return file.decisions().stream()
                .filter(decision -> decision.kind().equals("TRIAGE"))
                .reduce((earlier, later) -> later)
                .map(decision -> new Triage(decision, Explained.verdict(decision.explanation())))
                .orElse(null);
    }

    /** The latest verdict and why. */
    record Triage(CaseFile.Decision decision, List<Explained.Reason> reasons) {}
}
