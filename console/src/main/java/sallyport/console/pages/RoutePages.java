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
import sallyport.console.camel.RunningRoutes;
import sallyport.console.camel.RunningRoutes.RunningRoute;
import sallyport.console.words.BadParameter;
import sallyport.console.words.NotThereException;
import sallyport.console.words.Typed;
import sallyport.ledger.RouteStates;

/** The routes of this node, and what operators want of them. What is wanted is written down; every node follows it. */
@Controller
class RoutePages {

    private final RunningRoutes routes;
    private final RouteStates states;

    RoutePages(RunningRoutes routes, RouteStates states) {
        this.routes = routes;
        this.states = states;
    }

    /** A route with what is wanted of it. */
    record Line(RunningRoute route, RouteStates.@Nullable Wanted said) {

        public String wanted() {
            return said == null || said.running() ? "RUNNING" : "SUSPENDED";
        }

        public boolean asWanted() {
            return route.isAsWanted(said == null || said.running());
        }
    }

    @GetMapping("/routes")
    String routes(Model model) {
        var wanted = states.wanted();
        List<Line> lines = routes.all().stream()
                .map(route -> new Line(route, wanted.get(route.id())))
                .toList();
        model.addAttribute("lines", lines);
        model.addAttribute(
                "astray", lines.stream().filter(line -> !line.asWanted()).count());
        return "routes";
    }

    @GetMapping("/routes/{id}")
    String route(@PathVariable String id, Model model) {
        model.addAttribute("line", line(id));
        return "route";
    }

    @PostMapping("/routes/{id}/suspend")
    String suspend(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String reason,
            @AuthenticationPrincipal SignedIn me,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        return want(id, false, reason, me, model, response, next);
    }

    @PostMapping("/routes/{id}/resume")
    String resume(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String reason,
            @AuthenticationPrincipal SignedIn me,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        return want(id, true, reason, me, model, response, next);
    }

    private String want(
            String id,
            boolean running,
            @Nullable String reason,
            SignedIn me,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        Line line = line(id);
        try {
            states.want(line.route().id(), running, me.username(), Typed.reason(reason));
        } catch (BadParameter bad) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            model.addAttribute("problem", bad);
            model.addAttribute("line", line);
            return "route";
        }
        next.addFlashAttribute(
                "done",
                "Route " + line.route().id() + (running ? " is to run" : " is to stay suspended")
                        + ". Every node follows within a few seconds.");
        return "redirect:/routes";
    }

    private Line line(String id) {
        return routes.find(id)
                .map(route -> new Line(route, states.wanted().get(id)))
                .orElseThrow(NotThereException::new);
    }
}
