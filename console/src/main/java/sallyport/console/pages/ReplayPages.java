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
import sallyport.ledger.replay.BadReplay;
import sallyport.ledger.replay.Replay;
import sallyport.ledger.replay.ReplayDesk;
import sallyport.ledger.replay.ReplayFilter;
import sallyport.ledger.replay.ReplayItem;
import sallyport.ledger.replay.Replays;
import sallyport.ledger.replay.Verdict;
import sallyport.mappings.difference.Difference;

/** Sending again as a job: what is asked for, its plan, its progress, and what is said about it. */
@Controller
class ReplayPages {

    /** A page holds no more fields than a person reads; the rest is in the API. */
    private static final int MOST_FIELDS = 500;

    private final Replays replays;
    private final ReplayDesk desk;

    ReplayPages(Replays replays, ReplayDesk desk) {
        this.replays = replays;
        this.desk = desk;
    }

    /** What somebody typed into the form; kept when it is refused. */
    record Form(
            @Nullable String lane,
            @Nullable String force,
            @Nullable String cause,
            @Nullable String from,
            @Nullable String to,
            @Nullable String standing,
            @Nullable String everywhere,
            @Nullable String rate,
            @Nullable String reason) {}

    @GetMapping("/replays")
    String replays(
            @RequestParam(required = false) @Nullable String page, @AuthenticationPrincipal SignedIn me, Model model) {
        model.addAttribute(
                "found", desk.replays(me.scope(), me.username(), Typed.page(page, Typed.PAGE_SIZE), Typed.PAGE_SIZE));
        return "replays";
    }

    /** Filled in by whoever leads here: a cause links to it with lane and cause. */
    @GetMapping("/replays/new")
    String form(Form form, Model model) {
        model.addAttribute("form", form);
        model.addAttribute("standings", ReplayFilter.Standing.values());
        return "replay-new";
    }

    @PostMapping("/replays")
    String ask(
            Form form,
            @AuthenticationPrincipal SignedIn me,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        try {
            String reason = Typed.reason(form.reason());
            ReplayFilter filter = Typed.replay(
                    form.lane(),
                    form.force(),
                    form.cause(),
                    form.from(),
                    form.to(),
                    form.standing(),
                    "true".equals(form.everywhere()));
            long id = replays.ask(filter, Typed.rate(form.rate()), me.username(), reason, me.scope());
            next.addFlashAttribute(
                    "done", "Asked for. Nothing is sent before the plan is made and somebody starts it.");
            return "redirect:/replays/" + id;
        } catch (BadReplay bad) {
            return refused(new BadParameter(bad.field(), bad.rule()), form, model, response);
        } catch (BadParameter bad) {
            return refused(bad, form, model, response);
        }
    }

    private String refused(BadParameter bad, Form form, Model model, HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
        model.addAttribute("problem", bad);
        return form(form, model);
    }

    @GetMapping("/replays/{id}")
    String replay(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String verdict,
            @RequestParam(required = false) @Nullable String page,
            @AuthenticationPrincipal SignedIn me,
            Model model) {
        long number = Typed.id(id);
        Replay.ItemState wantedState = Typed.oneOf("state", state, Replay.ItemState.class);
        Verdict wantedVerdict = Typed.oneOf("verdict", verdict, Verdict.class);
        Replay job = desk.replay(number, me.scope(), me.username()).orElseThrow(NotThereException::new);
        model.addAttribute("job", job);
        model.addAttribute("said", desk.said(number));
        model.addAttribute("shadow", replays.hasShadow());
        model.addAttribute("state", wantedState);
        model.addAttribute("verdict", wantedVerdict);
        model.addAttribute("verdicts", Verdict.values());
        model.addAttribute("states", Replay.ItemState.values());
        model.addAttribute(
                "items",
                desk.items(
                        number,
                        wantedState,
                        wantedVerdict,
                        me.scope(),
                        me.username(),
                        Typed.page(page, Typed.PAGE_SIZE),
                        Typed.PAGE_SIZE));
        return "replay";
    }

    @GetMapping("/replays/{id}/items/{item}")
    String item(@PathVariable String id, @PathVariable String item, @AuthenticationPrincipal SignedIn me, Model model) {
        long number = Typed.id(id);
        Replay job = desk.replay(number, me.scope(), me.username()).orElseThrow(NotThereException::new);
        ReplayItem found =
                desk.item(number, Typed.id(item), me.scope(), me.username()).orElseThrow(NotThereException::new);
        ReplayDesk.Compared compared = desk.compared(number, found.id(), me.decides(), me.scope(), me.username())
                .orElse(null);
        List<Difference.Field> fields = compared == null ? List.of() : compared.fields();
        model.addAttribute("job", job);
        model.addAttribute("item", found);
        model.addAttribute("compared", compared);
        model.addAttribute("different", most(fields, true));
        model.addAttribute("same", most(fields, false));
        return "replay-item";
    }

    private static List<Difference.Field> most(List<Difference.Field> fields, boolean different) {
        return fields.stream()
                .filter(field -> field.differs() == different)
                .limit(MOST_FIELDS)
                .toList();
    }

    @PostMapping("/replays/{id}/start")
    String start(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String paused,
            @RequestParam(required = false) @Nullable String reason,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes next) {
        boolean wait = "true".equals(paused);
        return told(
                id,
                reason,
                next,
                wait ? "Started, and paused: nothing is sent before it is resumed." : "Started.",
                why -> replays.start(Typed.id(id), wait, me.username(), why, me.scope()));
    }

    @PostMapping("/replays/{id}/rehearse")
    String rehearse(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String reason,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes next) {
        return told(
                id,
                reason,
                next,
                "It goes to the shadow, and to nobody else.",
                why -> replays.rehearse(Typed.id(id), me.username(), why, me.scope()));
    }

    @PostMapping("/replays/{id}/pause")
    String pause(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String reason,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes next) {
        return told(
                id,
                reason,
                next,
                "Paused. What has been handed to the lanes goes on.",
                why -> replays.pause(Typed.id(id), me.username(), why, me.scope()));
    }

    @PostMapping("/replays/{id}/resume")
    String resume(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String reason,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes next) {
        return told(
                id, reason, next, "It goes on.", why -> replays.resume(Typed.id(id), me.username(), why, me.scope()));
    }

    @PostMapping("/replays/{id}/cancel")
    String cancel(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String reason,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes next) {
        return told(
                id,
                reason,
                next,
                "Cancelled. What has been handed to the lanes goes on; nothing more is.",
                why -> replays.cancel(Typed.id(id), me.username(), why, me.scope()));
    }

    @PostMapping("/replays/{id}/items/{item}/confirm")
    String confirm(
            @PathVariable String id,
            @PathVariable String item,
            @RequestParam(required = false) @Nullable String reason,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes next) {
        return told(
                id,
                reason,
                next,
                "This item is sent too, as it was then.",
                why -> replays.confirm(Typed.id(id), Typed.id(item), me.username(), why, me.scope()));
    }

    private static String told(
            String id, @Nullable String reason, RedirectAttributes next, String done, NextPage.Wish wish) {
        NextPage.tells(wish, reason, "reason", done, next);
        return "redirect:/replays/" + Typed.id(id);
    }
}
