package sallyport.console.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import sallyport.console.access.SignedIn;
import sallyport.console.words.Typed;
import sallyport.ledger.desk.Causes;
import sallyport.ledger.desk.Commands;

/** What fails, by cause, for programs. */
@RestController
@RequestMapping(path = "/api/v1/causes", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Operations")
@NotSignedIn
class CausesApi {

    private final Causes causes;
    private final Commands commands;

    CausesApi(Causes causes, Commands commands) {
        this.causes = causes;
        this.commands = commands;
    }

    /** Which cause is released, and why. */
    record CauseAndWhy(
            @Schema(description = "The lane or the step", example = "force:46") @Nullable String of,
            @Schema(description = "REJECTED, UNAVAILABLE, UNKNOWN or DEFECT", example = "UNAVAILABLE") @Nullable
                    String kind,
            @Schema(description = "The code", example = "certificate-expired") @Nullable String code,
            @Schema(
                            description = "1 to 1,000 characters",
                            requiredMode = Schema.RequiredMode.REQUIRED,
                            maxLength = 1000)
                    @Nullable
                    String reason) {}

    @Schema(description = "The wishes are written down; a flow carries them out")
    record Released(@Schema(description = "How many parked things") long count) {}

    @GetMapping
    @Operation(
            summary = "What fails now, grouped by cause, the largest first",
            description = "Parked items and those that wait for their next try, by lane or step, kind and code, with "
                    + "words for each cause. At most 200 causes.")
    List<Causes.Cause> causes(@Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        return causes.all(me.scope());
    }

    @PostMapping(path = "/release", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Run everything that is parked for one cause again, each case in its order (OPERATOR, ADMIN)",
            description = "Refused where the destination may hold what was sent: those are settled one by one. At most "
                    + "5,000 at a time.")
    @Decision
    Released release(@RequestBody CauseAndWhy wish, @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        var answer = commands.releaseAll(
                Typed.cause(wish.of(), wish.kind(), wish.code()),
                me.username(),
                Typed.reason(wish.reason()),
                me.scope());
        if (answer instanceof Commands.AskedForAll all) {
            return new Released(all.count());
        }
        throw Taken.refused(answer);
    }
}
