package sallyport.console.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import sallyport.console.words.NotThereException;
import sallyport.ledger.desk.Commands;

/** The answer to a wish that was written down; what cannot be taken is 404 or 409. */
@Schema(description = "The wish is written down with who and why; what is left to do follows, usually within a second")
record Taken(
        @Schema(description = "Number of the command; the case's timeline tells what became of it") long command,
        @Schema(description = "What whoever asked should know of it; absent where there is nothing")
                @JsonInclude(JsonInclude.Include.NON_NULL)
                @Nullable
                String note) {

    static Taken of(Commands.Answer answer) {
        if (answer instanceof Commands.Asked asked) {
            return new Taken(asked.commandId(), asked.note());
        }
        throw refused(answer);
    }

    static RuntimeException refused(Commands.Answer answer) {
        return answer instanceof Commands.NotNow notNow ? new NotNowException(notNow.why()) : new NotThereException();
    }
}
