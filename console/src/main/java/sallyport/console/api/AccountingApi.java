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
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import sallyport.console.access.SignedIn;
import sallyport.console.words.Typed;
import sallyport.ledger.desk.Accounting;
import sallyport.ledger.desk.DayComparisons;

/** The account of a day, for programs. */
@RestController
@RequestMapping(path = "/api/v1/accounting", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Accounting")
@NotSignedIn
class AccountingApi {

    private static final ZoneId LONDON = ZoneId.of("Europe/London");

    private final Accounting accounting;
    private final DayComparisons comparisons;
    private final Clock clock;

    AccountingApi(Accounting accounting, DayComparisons comparisons, ObjectProvider<Clock> clock) {
        this.accounting = accounting;
        this.comparisons = comparisons;
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

    @Schema(description = "Days to be held against the prisons' own lists")
    record WantedDays(
            @Schema(
                            description = "First day of the incidents in London",
                            example = "2026-03-01",
                            requiredMode = Schema.RequiredMode.REQUIRED)
                    @Nullable
                    String from,
            @Schema(
                            description = "Last day, at most 366 days in all",
                            example = "2026-03-14",
                            requiredMode = Schema.RequiredMode.REQUIRED)
                    @Nullable
                    String until,
            @Schema(description = "Id of the prison; all if none is named", example = "MDI") @Nullable String prison,
            @Schema(description = "Why", maxLength = 1000, requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
                    String reason) {}

    @PostMapping(path = "/comparisons", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Hold days against the prisons' own lists again (OPERATOR, ADMIN)",
            description =
                    "Reports that are missing here are fetched and judged like any others: a case may come of each.")
    @Decision
    Taken compare(@RequestBody WantedDays wanted, @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        return Taken.of(comparisons.ask(
                Typed.day("from", wanted.from()),
                Typed.day("until", wanted.until()),
                Typed.prison(wanted.prison()),
                me.username(),
                Typed.reason(wanted.reason()),
                me.scope()));
    }

    @GetMapping("/comparisons")
    @Operation(summary = "Lists that are still to be read, and the last ten comparisons that were asked for")
    @ApiResponse(responseCode = "200", description = "How far it is")
    DayComparisons.Progress comparisons(@Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        return comparisons.progress(me.scope());
    }
}
