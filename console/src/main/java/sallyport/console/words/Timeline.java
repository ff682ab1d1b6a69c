package sallyport.console.words;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sallyport.ledger.desk.CaseFile;
import sallyport.ledger.desk.Parked;

/** One case as a story: what came in, what was decided and by whom, what went out, what came back. Oldest first. */
public final class Timeline {

    private Timeline() {}

    /** One thing that happened. */
    @Schema(description = "One thing that happened to the case")
    public record Entry(
            @Schema(description = "When, UTC") Instant at,
            @Schema(
                            description = "What kind of thing",
                            allowableValues = {
                                "OPENED",
                                "SOURCE",
                                "DECISION",
                                "PACKAGE",
                                "PROMISE",
                                "ATTEMPT",
                                "RECEIPT",
                                "OUTCOME",
                                "PARKED",
                                "COMMAND"
                            })
                    String kind,
            @Schema(description = "In words") String summary,
            @Schema(description = "More of it, if there is more") @Nullable String detail,
            @Schema(description = "Who did it: a user, the hub's rules or a force") @Nullable String by) {}

    /** Everything, as the API tells it. */
    public static List<Entry> of(CaseFile file) {
        return told(file, promised -> true, attempt -> true);
    }

    /** What a person wants to read: of what goes to the tracker and the teams by the dozen, only what did not go well. */
    public static List<Entry> story(CaseFile file) {
        return told(
                file, promised -> toForce(promised.lane()), attempt -> toForce(attempt.lane()) || !wentWell(attempt));
    }

    /** How many messages to the tracker and the teams went well. */
    public static long routine(CaseFile file) {
        return file.attempts().stream()
                .filter(attempt -> !toForce(attempt.lane()) && wentWell(attempt))
                .count();
    }

    private static boolean toForce(String lane) {
        return lane.startsWith("force:");
    }

    private static boolean wentWell(CaseFile.Attempt attempt) {
        return attempt.outcome().equals("ACCEPTED") || attempt.outcome().equals("SENDING");
    }

    private static List<Entry> told(
            CaseFile file, Predicate<CaseFile.Promised> promises, Predicate<CaseFile.Attempt> attempts) {
        List<Entry> all = new ArrayList<>();
        all.add(new Entry(file.row().openedAt(), "OPENED", "Case opened", null, null));
        file.sources().forEach(source -> all.add(source(source)));
        file.decisions().forEach(decision -> all.add(decision(decision)));
        file.packages().forEach(version -> all.add(version(version)));
        file.promises().stream().filter(promises).forEach(promised -> all.add(promised(promised)));
        file.attempts().stream().filter(attempts).forEach(attempt -> all.add(attempt(attempt)));
        file.receipts().forEach(receipt -> all.add(receipt(receipt)));
        file.outcomes().forEach(outcome -> all.add(outcome(outcome)));
        file.parked().forEach(parked -> all.add(parked(parked)));
        file.commands().forEach(command -> all.add(command(command)));
        all.sort(Comparator.comparing(Entry::at));
        return List.copyOf(all);
    }

    private static Entry source(CaseFile.Source source) {
        return new Entry(
                source.fetchedAt(),
                "SOURCE",
                said(source.system()) + " received, version " + source.version(),
                joined(
                        source.modifiedText() == null ? null : "changed at source " + source.modifiedText(),
                        source.modifiedAmbiguous() ? "in the hour that October repeats" : null,
                        source.goneAt() == null ? null : "no longer at the source",
                        source.erased() == null
                                ? null
                                : "its bytes were erased on "
                                        + source.erased()
                                                .at()
                                                .truncatedTo(java.time.temporal.ChronoUnit.DAYS)
                                                .toString()
                                                .substring(0, 10)
                                        + " under policy " + source.erased().policy()),
                null);
    }

    private static Entry decision(CaseFile.Decision decision) {
        String what = decision.kind().equals("TRIAGE")
                ? "Triage: " + said(String.valueOf(decision.verdict()))
                : said(decision.kind());
        return new Entry(
                decision.at(),
                "DECISION",
                what,
                joined(
                        decision.reason(),
                        decision.criteria() == null || decision.criteria().isBlank()
                                ? null
                                : "criteria " + decision.criteria()),
                decision.actor());
    }

    private static Entry version(CaseFile.PackageVersion version) {
        return new Entry(
                version.builtAt(),
                "PACKAGE",
                "Package " + version.version() + " built ("
                        + said(version.kind().name()).toLowerCase(Locale.ROOT) + ")",
                null,
                null);
    }

    private static Entry promised(CaseFile.Promised promised) {
        return new Entry(
                promised.promisedAt(),
                "PROMISE",
                thing(promised.kind(), promised.packageVersion()) + " queued for " + Words.lane(promised.lane()),
                null,
                null);
    }

    private static Entry attempt(CaseFile.Attempt attempt) {
        String outcome =
                switch (attempt.outcome()) {
                    case "ACCEPTED" -> "was accepted";
                    case "SENDING" -> "is being sent";
                    case "REJECTED" -> "was refused";
                    case "UNAVAILABLE" -> "could not be sent";
                    case "UNKNOWN" -> "was sent, no answer";
                    default -> "failed: fault in the hub";
                };
        return new Entry(
                attempt.finishedAt() == null ? attempt.startedAt() : attempt.finishedAt(),
                "ATTEMPT",
                thing(attempt.kind(), attempt.packageVersion()) + " to " + Words.lane(attempt.lane()) + " " + outcome,
                joined(
                        "attempt " + attempt.attempt() + " by " + said(attempt.channel()),
                        attempt.code(),
                        attempt.detail()),
                null);
    }

    private static Entry receipt(CaseFile.Receipt receipt) {
        return new Entry(
                receipt.at(),
                "RECEIPT",
                Words.lane(receipt.lane()) + ": " + said(receipt.rung().name()).toLowerCase(Locale.ROOT) + ", package "
                        + receipt.packageVersion(),
                receipt.detail(),
                receipt.owner());
    }

    private static Entry outcome(CaseFile.Outcome outcome) {
        String summary = said(outcome.type());
        if (outcome.crimeReference() != null) {
            summary += " " + outcome.crimeReference();
        } else if (outcome.code() != null) {
            summary += " " + outcome.code();
        }
        return new Entry(
                outcome.appliedAt(),
                "OUTCOME",
                summary,
                joined(outcome.officer() == null ? null : "officer " + outcome.officer(), outcome.reason()),
                "force " + outcome.force());
    }

    private static Entry parked(Parked parked) {
        return new Entry(
                parked.since(),
                "PARKED",
                "Parked: " + Words.lane(parked.of()),
                joined(said(parked.kind()), parked.code(), parked.where(), parked.detail()),
                null);
    }

    private static Entry command(CaseFile.Command command) {
        return new Entry(
                command.askedAt(),
                "COMMAND",
                "Asked for: " + said(command.kind()).toLowerCase(Locale.ROOT)
                        + (command.argument() == null ? "" : " " + command.argument()),
                joined(command.reason(), command.doneAt() == null ? "not carried out yet" : command.result()),
                command.actor());
    }

    private static String thing(String kind, @Nullable Integer version) {
        return said(kind) + (version == null ? "" : " " + version);
    }

    private static String said(String code) {
        return Words.SAID.getOrDefault(code, Words.readable(code));
    }

    private static @Nullable String joined(@Nullable String... parts) {
        String text = Stream.of(parts).filter(Objects::nonNull).collect(Collectors.joining("; "));
        return text.isEmpty() ? null : text;
    }
}
