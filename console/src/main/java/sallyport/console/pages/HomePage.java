package sallyport.console.pages;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import sallyport.console.access.SignedIn;
import sallyport.ledger.desk.Alerts;
import sallyport.ledger.desk.CaseDesk;
import sallyport.ledger.desk.ConflictDesk;
import sallyport.ledger.desk.Counts;
import sallyport.ledger.desk.TaskDesk;

/** What needs me. */
@Controller
class HomePage {

    private static final int MOST = 10;

    private final CaseDesk desk;
    private final Counts counts;
    private final ConflictDesk conflicts;
    private final Alerts alerts;
    private final TaskDesk tasks;

    HomePage(CaseDesk desk, Counts counts, ConflictDesk conflicts, TaskDesk tasks, Alerts alerts) {
        this.desk = desk;
        this.counts = counts;
        this.conflicts = conflicts;
        this.alerts = alerts;
        this.tasks = tasks;
    }

    @GetMapping("/")
    String home(@AuthenticationPrincipal SignedIn me, Model model) {
        model.addAttribute("alerts", alerts.open(me.scope()));
        var causes = counts.causes(me.scope());
        model.addAttribute("cases", counts.cases(me.scope()));
        model.addAttribute("waiting", desk.waiting(me.scope(), MOST));
        model.addAttribute("review", desk.underReview(me.scope(), MOST));
        model.addAttribute("causes", causes);
        model.addAttribute(
                "parked", causes.stream().mapToLong(Counts.Cause::count).sum());
        model.addAttribute("lanes", counts.lanes(me.scope()));
        model.addAttribute("conflicts", conflicts.count(me.scope()));
        var kinds = tasks.kinds(me.scope());
        model.addAttribute(
                "tasks", kinds.stream().mapToLong(TaskDesk.Kind::open).sum());
        model.addAttribute(
                "tasksOverdue", kinds.stream().mapToLong(TaskDesk.Kind::overdue).sum());
        return "home";
    }
}
