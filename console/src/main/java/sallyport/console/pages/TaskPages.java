package sallyport.console.pages;

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
import sallyport.console.words.Typed;
import sallyport.ledger.desk.TaskDesk;

/** Work items by kind, and their answers. */
@Controller
class TaskPages {

    private static final int SIZE = 50;

    private final TaskDesk desk;

    TaskPages(TaskDesk desk) {
        this.desk = desk;
    }

    @GetMapping("/tasks")
    String tasks(
            @RequestParam(required = false) @Nullable String kind,
            @RequestParam(required = false) @Nullable String closed,
            @RequestParam(required = false) @Nullable String page,
            @AuthenticationPrincipal SignedIn me,
            Model model) {
        String wanted = Typed.taskKind(kind);
        boolean old = Typed.yes("closed", closed);
        model.addAttribute("kinds", desk.kinds(me.scope()));
        model.addAttribute("kind", wanted);
        model.addAttribute("closed", old);
        model.addAttribute("found", desk.tasks(wanted, old, me.scope(), Typed.page(page, SIZE), SIZE));
        return "tasks";
    }

    @PostMapping("/tasks/{id}/close")
    String close(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String reason,
            @RequestParam(required = false) @Nullable String kind,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes next) {
        String of = Typed.taskKind(kind);
        if (of != null) {
            next.addAttribute("kind", of);
        }
        long task = Typed.id(id);
        NextPage.tells(
                why -> desk.close(task, me.username(), why, me.scope()),
                reason,
                "answer",
                "Closed, with your answer.",
                next);
        return "redirect:/tasks";
    }
}
