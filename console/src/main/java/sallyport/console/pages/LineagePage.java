package sallyport.console.pages;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import sallyport.console.access.SignedIn;
import sallyport.console.words.NotThereException;
import sallyport.console.words.OriginWords;
import sallyport.console.words.Typed;
import sallyport.ledger.desk.LineageDesk;

/** Where the values of a package came from, and what its force did not get. The values themselves are shown only when asked for. */
@Controller
class LineagePage {

    private final LineageDesk desk;

    LineagePage(LineageDesk desk) {
        this.desk = desk;
    }

    @GetMapping("/cases/{reference}/packages/{version:[0-9]+}/lineage")
    String lineage(
            @PathVariable String reference,
            @PathVariable String version,
            @RequestParam(required = false) @Nullable String values,
            @AuthenticationPrincipal SignedIn me,
            Model model) {
        boolean shown = Typed.yes("values", values);
        LineageDesk.Found found = desk.trace(
                        Typed.reference(reference), Typed.version(version), shown, me.scope(), me.username())
                .orElseThrow(NotThereException::new);
        if (!(found instanceof LineageDesk.Traced traced)) {
            throw new ResponseStatusException(HttpStatus.GONE);
        }
        model.addAttribute("reference", reference);
        model.addAttribute("version", version);
        model.addAttribute("values", shown);
        model.addAttribute("lineage", traced.lineage());
        model.addAttribute("recorded", traced.recorded());
        model.addAttribute("heldBack", traced.heldBack());
        model.addAttribute("held", OriginWords.held(traced.heldBack()));
        model.addAttribute("sent", traced.sent());
        model.addAttribute("sections", OriginWords.sections(traced, shown));
        model.addAttribute("cutOff", traced.lineage().fields().size() > OriginWords.MOST_LINES);
        return "lineage";
    }
}
