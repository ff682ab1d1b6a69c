package sallyport.console.pages;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import sallyport.console.access.SignedIn;
import sallyport.console.words.AccountingCsv;
import sallyport.console.words.BadParameter;
import sallyport.console.words.Typed;
import sallyport.ledger.desk.Accounting;
import sallyport.ledger.desk.DayComparisons;

/** A day's incident reports, each in one place, against the source's own list. */
@Controller
class AccountingPages {

    private static final ZoneId LONDON = ZoneId.of("Europe/London");

    private final Accounting accounting;
    private final DayComparisons comparisons;
    private final Clock clock;

    AccountingPages(Accounting accounting, DayComparisons comparisons, ObjectProvider<Clock> clock) {
        this.accounting = accounting;
        this.comparisons = comparisons;
        this.clock = clock.getIfAvailable(Clock::systemUTC);
    }

    @GetMapping("/accounting")
    String account(
            @RequestParam(required = false) @Nullable String day,
            @RequestParam(required = false) @Nullable String prison,
            @RequestParam(required = false) @Nullable String force,
            @AuthenticationPrincipal SignedIn me,
            Model model,
            HttpServletResponse response) {
        LocalDate yesterday = LocalDate.ofInstant(clock.instant(), LONDON).minusDays(1);
        try {
            LocalDate wanted = Typed.day("day", day, yesterday);
            String of = Typed.prison(prison);
            String by = Typed.force(force);
            model.addAttribute("account", accounting.day(wanted, of, by, me.scope()));
            model.addAttribute("prison", of);
            model.addAttribute("force", by);
        } catch (BadParameter bad) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            model.addAttribute("account", new Accounting.Day(yesterday, 0, List.of(), List.of()));
            model.addAttribute("problem", bad);
        }
        model.addAttribute("comparisons", comparisons.progress(me.scope()));
        model.addAttribute("places", Accounting.Place.values());
        model.addAttribute("most", Accounting.MOST_NAMED);
        return "accounting";
    }

    @GetMapping("/accounting.csv")
    ResponseEntity<String> csv(
            @RequestParam(required = false) @Nullable String day,
            @RequestParam(required = false) @Nullable String prison,
            @RequestParam(required = false) @Nullable String force,
            @AuthenticationPrincipal SignedIn me) {
        LocalDate wanted = Typed.day(
                "day", day, LocalDate.ofInstant(clock.instant(), LONDON).minusDays(1));
        String csv = AccountingCsv.of(accounting.day(wanted, Typed.prison(prison), Typed.force(force), me.scope()));
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("text/csv;charset=UTF-8"))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("accounting-" + wanted + ".csv")
                                .build()
                                .toString())
                .body(csv);
    }

    @PostMapping("/accounting/compare")
    String compare(
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String until,
            @RequestParam(required = false) @Nullable String prison,
            @RequestParam(required = false) @Nullable String reason,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes next) {
        try {
            LocalDate first = Typed.day("first day", from);
            LocalDate last = Typed.day("last day", until);
            String of = Typed.prison(prison);
            NextPage.tells(
                    why -> comparisons.ask(first, last, of, me.username(), why, me.scope()),
                    reason,
                    "reason",
                    "The prisons' own lists are being read. What is missing here is fetched.",
                    next);
        } catch (BadParameter bad) {
            next.addFlashAttribute("warning", "Nothing was done: the " + bad.parameter() + " " + bad.rule() + ".");
        }
        return "redirect:/accounting";
    }
}
