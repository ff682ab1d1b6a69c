package sallyport.console.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import sallyport.console.access.SignedIn;
import sallyport.console.words.Typed;
import sallyport.ledger.desk.Accounting;

/** The account of a day, for programs. */
@RestController
@RequestMapping(path = "/api/v1/accounting", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Accounting")
@NotSignedIn
class AccountingApi {

    private static final ZoneId LONDON = ZoneId.of("Europe/London");

    private final Accounting accounting;
    private final Clock clock;

    AccountingApi(Accounting accounting, ObjectProvider<Clock> clock) {
        this.accounting = accounting;
        this.clock = clock.getIfAvailable(Clock::systemUTC);
    }

    @Schema(description = "Where the incident reports of a day stand, each in one place, against the source's own list")
    record AccountOfADay(
            LocalDate day,
            @Schema(
                            description =
                                    "EVEN: nothing is missing on either side; UNKNOWN: a list of the source is still to be read")
                    Accounting.Standing standing,
            @Schema(description = "Prisons whose own list of the day was read") long lists,
            List<Accounting.Account> accounts,
            @Schema(description = "Reports that are missing on one side, at most 200")
                    List<Accounting.Missing> missing) {}

    @GetMapping
    @Operation(
            summary = "Incident reports of a day by prison and force: each in one place, against the source's own list")
    @ApiResponse(responseCode = "200", description = "The account")
    @WrongParameter
    AccountOfADay account(
            @Parameter(
                            description = "Day of the incidents in London; yesterday if none is named",
                            example = "2026-03-01")
                    @RequestParam(required = false)
                    @Nullable
                    String day,
            @Parameter(description = "Id of the prison", example = "MDI") @RequestParam(required = false) @Nullable
                    String prison,
            @Parameter(description = "Code of the force", example = "46") @RequestParam(required = false) @Nullable
                    String force,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        var account = accounting.day(
                Typed.day(
                        "day", day, LocalDate.ofInstant(clock.instant(), LONDON).minusDays(1)),
                Typed.prison(prison),
                Typed.force(force),
                me.scope());
        return new AccountOfADay(
                account.day(), account.standing(), account.lists(), account.accounts(), account.missing());
    }
}
