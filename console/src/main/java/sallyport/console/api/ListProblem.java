package sallyport.console.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import sallyport.console.words.HandInAnswer;

/** Why a list was refused. It names lines and never repeats what stands in them. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "An error (RFC 9457) that names lines of a list. It never repeats what stands in them.")
record ListProblem(
        @Schema(description = "Always about:blank: the status says what kind it is") String type,
        @Schema(description = "The status in words") String title,
        @Schema(description = "The HTTP status") int status,
        @Schema(description = "What is wrong, for a person") String detail,
        @Schema(description = "The lines that are wrong") List<HandInAnswer.Line> lines) {}
