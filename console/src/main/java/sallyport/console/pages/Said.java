package sallyport.console.pages;

import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import sallyport.console.words.BadParameter;
import sallyport.console.words.NotThereException;
import sallyport.console.words.Typed;
import sallyport.ledger.desk.Commands;

/** What became of a wish, in the notification of the page that follows; what is not there is a 404. */
final class Said {

    private Said() {}

    /** What a person wants done, for a reason. */
    @FunctionalInterface
    interface Wish {
        Commands.Answer because(String reason);
    }

    /** @param what the field's noun where the reason is wrong, {@code reason} or {@code answer} */
    static void of(Wish wish, @Nullable String reason, String what, String done, RedirectAttributes next) {
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
