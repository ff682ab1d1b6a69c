package sallyport.console.pages;

import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import sallyport.console.words.BadParameter;
import sallyport.console.words.NotThereException;
import sallyport.console.words.Typed;
import sallyport.ledger.desk.Commands;

/** Puts a wish to the desk, and lets the page that follows tell what became of it; what is not there is a 404. */
final class NextPage {

    private NextPage() {}

    /** What a person wants done, for a reason. */
    @FunctionalInterface
    interface Wish {
        Commands.Answer because(String reason);
    }

    /** @param what the field's noun where the reason is wrong, {@code reason} or {@code answer} */
    static void tells(Wish wish, @Nullable String reason, String what, String done, RedirectAttributes next) {
        try {
            Commands.Answer answer = wish.because(Typed.reason(reason));
            if (answer instanceof Commands.NotThere) {
                throw new NotThereException();
            }
            if (answer instanceof Commands.NotNow notNow) {
                next.addFlashAttribute("warning", "Nothing was done. " + notNow.why());
            } else {
                next.addFlashAttribute("done", done);
            }
        } catch (BadParameter bad) {
            next.addFlashAttribute("warning", "Nothing was done: the " + what + " " + bad.rule() + ".");
        }
    }
}
