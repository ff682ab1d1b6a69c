package sallyport.console.pages;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import sallyport.console.access.SignedIn;
import sallyport.console.words.BadParameter;
import sallyport.console.words.Typed;
import sallyport.ledger.desk.DroppedFiles;
import sallyport.ledger.desk.Page;

/** What became of the files that were dropped. */
@Controller
class DroppedFilePage {

    private static final int SIZE = 50;

    private final DroppedFiles desk;

    DroppedFilePage(DroppedFiles desk) {
        this.desk = desk;
    }

    @GetMapping("/dropped-files")
    String files(
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String page,
            @AuthenticationPrincipal SignedIn me,
            Model model,
            HttpServletResponse response) {
        model.addAttribute("states", DroppedFiles.State.values());
        try {
            DroppedFiles.State of = Typed.oneOf("state", state, DroppedFiles.State.class);
            model.addAttribute("state", of);
            model.addAttribute("found", desk.latest(of, me.scope(), Typed.page(page, SIZE), SIZE));
        } catch (BadParameter bad) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            model.addAttribute("found", new Page<>(List.of(), 0, SIZE, 0));
            model.addAttribute("problem", bad);
        }
        return "dropped-files";
    }
}
