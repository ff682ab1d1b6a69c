package sallyport.console.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import sallyport.console.access.Problem;
import sallyport.console.access.SignedIn;
import sallyport.console.words.BadParameter;
import sallyport.console.words.NotThereException;
import sallyport.console.words.Typed;
import sallyport.ledger.desk.Page;
import sallyport.ledger.replay.BadReplay;
import sallyport.ledger.replay.Replay;
import sallyport.ledger.replay.ReplayDesk;
import sallyport.ledger.replay.ReplayFilter;
import sallyport.ledger.replay.ReplayItem;
import sallyport.ledger.replay.Replays;
import sallyport.ledger.replay.Verdict;

/** Sending again as a job, for programs. */
@RestController
@RequestMapping(path = "/api/v1/replays", produces = MediaType.APPLICATION_JSON_VALUE)
@NotSignedIn
class ReplayApi {

    private final Replays replays;
    private final ReplayDesk desk;

    ReplayApi(Replays replays, ReplayDesk desk) {
        this.replays = replays;
        this.desk = desk;
    }

    @Schema(description = "What is to be sent again; at least one of lane, force, cause, from and to is needed")
    record Wanted(
            @Schema(description = "One destination", example = "force:46") @Nullable String lane,
            @Schema(description = "Receiving force of the case", example = "46") @Nullable String force,
            @Schema(description = "Code of the failure", example = "connection-refused") @Nullable String cause,
            @Schema(description = "Delivered or parked at this time or later") @Nullable String from,
            @Schema(description = "Delivered or parked before this time") @Nullable String to,
            @Schema(
                            description = "PARKED when there is a cause, else ANY",
                            allowableValues = {"PARKED", "DELIVERED", "ANY"})
                    @Nullable
                    String standing,
            @Schema(description = "Also what was promised together with it, to every destination") @Nullable
                    Boolean everywhere,
            @Schema(
                            description = "How many may begin in a second, on all nodes together",
                            requiredMode = Schema.RequiredMode.REQUIRED,
                            example = "50")
                    @Nullable
                    Double rate,
            @Schema(
                            description = "1 to 1,000 characters",
                            requiredMode = Schema.RequiredMode.REQUIRED,
                            maxLength = 1000)
                    @Nullable
                    String reason) {}

    @Schema(description = "Why, and how it begins")
    record Start(
            @Schema(
                            description = "1 to 1,000 characters",
                            requiredMode = Schema.RequiredMode.REQUIRED,
                            maxLength = 1000)
                    @Nullable
                    String reason,
            @Schema(description = "Nothing is sent before it is resumed") @Nullable Boolean paused) {}

    @Schema(description = "The job that was made")
    record Made(long replay) {}

    @Schema(description = "One job")
    record View(
            long id,
            @Schema(description = "PLANNING, REFUSED, PLANNED, RUNNING, PAUSED, DONE or CANCELLED") String state,
            ReplayFilter filter,
            @Schema(description = "How many may begin in a second") double rate,
            @Schema(description = "Seconds that what is left takes at this rate") double takesSeconds,
            @Schema(description = "Takes another person to start than the one who asked") boolean sensitive,
            String askedBy,
            String reason,
            Instant askedAt,
            @Nullable String refusedWhy,
            @Nullable String startedBy,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt,
            @Schema(description = "Items by what sending them again would do") Map<Verdict, Long> verdicts,
            @Schema(description = "Items by what has become of them") Map<Replay.ItemState, Long> items,
            @Schema(description = "It is being sent to the shadow") boolean rehearsing,
            @Schema(description = "Items by what the shadow answered") Map<String, Long> shadow,
            @Schema(description = "Of those handed to their lanes, how many failed and are tried again")
                    long retrying) {

        static View of(Replay job) {
            return new View(
                    job.id(),
                    job.state().name(),
                    job.filter(),
                    job.rate(),
                    job.takes().toMillis() / 1e3,
                    job.sensitive(),
                    job.askedBy(),
                    job.reason(),
                    job.askedAt(),
                    job.refusedWhy(),
                    job.startedBy(),
                    job.startedAt(),
                    job.endedAt(),
                    job.verdicts(),
                    job.standings(),
                    job.rehearsing(),
                    job.shadow(),
                    job.retrying());
        }
    }

    @Schema(description = "One page of jobs")
    record Jobs(List<View> items, int page, int size, long total) {}

    @Schema(description = "One page of items")
    record Items(List<ReplayItem> items, int page, int size, long total) {}

    @Schema(
            description =
                    "One item with what was sent and what would be; values are masked for those who do not decide")
    record ItemView(ReplayItem item, ReplayDesk.@Nullable Compared compared) {}

    @GetMapping
    @Tag(name = "Replays")
    @Operation(summary = "Replays, newest first")
    Jobs jobs(
            @RequestParam(required = false) @Nullable String page,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        Page<Replay> found =
                desk.replays(me.scope(), me.username(), Typed.page(page, Typed.PAGE_SIZE), Typed.PAGE_SIZE);
        return new Jobs(found.items().stream().map(View::of).toList(), found.page(), found.size(), found.total());
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Tag(name = "Replays")
    @Operation(summary = "Ask for a plan; nothing is sent before somebody starts it (OPERATOR, ADMIN)")
    @Decision
    Made ask(@RequestBody Wanted wanted, @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        String reason = Typed.reason(wanted.reason());
        try {
            ReplayFilter filter = Typed.replay(
                    wanted.lane(),
                    wanted.force(),
                    wanted.cause(),
                    wanted.from(),
                    wanted.to(),
                    wanted.standing(),
                    Boolean.TRUE.equals(wanted.everywhere()));
            double rate = wanted.rate() == null ? 0 : wanted.rate();
            return new Made(replays.ask(filter, rate, me.username(), reason, me.scope()));
        } catch (BadReplay bad) {
            throw new BadParameter(bad.field(), bad.rule());
        }
    }

    @GetMapping("/{id}")
    @Tag(name = "Replays")
    @Operation(summary = "One replay with its plan and its progress")
    @ApiResponse(responseCode = "200", description = "The job")
    @ApiResponse(
            responseCode = "404",
            description = "No such job whose cases are all within the scope",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    View job(@PathVariable String id, @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        return desk.replay(Typed.id(id), me.scope(), me.username())
                .map(View::of)
                .orElseThrow(NotThereException::new);
    }

    @GetMapping("/{id}/items")
    @Tag(name = "Replays")
    @Operation(summary = "Its items, with verdict and result, in the order in which they go")
    Items items(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String verdict,
            @RequestParam(required = false) @Nullable String page,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        long number = Typed.id(id);
        Replay.ItemState wantedState = Typed.oneOf("state", state, Replay.ItemState.class);
        Verdict wantedVerdict = Typed.oneOf("verdict", verdict, Verdict.class);
        desk.replay(number, me.scope(), me.username()).orElseThrow(NotThereException::new);
        Page<ReplayItem> found = desk.items(
                number,
                wantedState,
                wantedVerdict,
                me.scope(),
                me.username(),
                Typed.page(page, Typed.PAGE_SIZE),
                Typed.PAGE_SIZE);
        return new Items(found.items(), found.page(), found.size(), found.total());
    }

    @GetMapping("/{id}/items/{item}")
    @Tag(name = "Replays")
    @Operation(
            summary = "One item: what the receiver got, beside what today's mapping would send",
            description = "Whoever decides sees the values, which is recorded as a consultation; others see masks.")
    ItemView item(
            @PathVariable String id,
            @PathVariable String item,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        ReplayItem found = desk.item(Typed.id(id), Typed.id(item), me.scope(), me.username())
                .orElseThrow(NotThereException::new);
        return new ItemView(
                found,
                desk.compared(Typed.id(id), found.id(), me.decides(), me.scope(), me.username())
                        .orElse(null));
    }

    @PostMapping(path = "/{id}/items/{item}/confirm", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Tag(name = "Replays")
    @Operation(summary = "Send an item although its verdict keeps it back, as it was then (OPERATOR, ADMIN)")
    @Decision
    Taken confirm(
            @PathVariable String id,
            @PathVariable String item,
            @RequestBody AdminApi.Why why,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        return Taken.of(
                replays.confirm(Typed.id(id), Typed.id(item), me.username(), Typed.reason(why.reason()), me.scope()));
    }

    @PostMapping(path = "/{id}/start", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Tag(name = "Replays")
    @Operation(
            summary = "Start a planned replay (OPERATOR, ADMIN)",
            description = "A sensitive one is started by another person than the one who asked for it.")
    @Decision
    Taken start(
            @PathVariable String id,
            @RequestBody Start start,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        return Taken.of(replays.start(
                Typed.id(id),
                Boolean.TRUE.equals(start.paused()),
                me.username(),
                Typed.reason(start.reason()),
                me.scope()));
    }

    @PostMapping(path = "/{id}/rehearse", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Tag(name = "Replays")
    @Operation(summary = "Send what is planned to the configured shadow, and to nobody else (OPERATOR, ADMIN)")
    @Decision
    Taken rehearse(
            @PathVariable String id,
            @RequestBody AdminApi.Why why,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        return Taken.of(replays.rehearse(Typed.id(id), me.username(), Typed.reason(why.reason()), me.scope()));
    }

    @PostMapping(path = "/{id}/pause", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Tag(name = "Replays")
    @Operation(summary = "Hand nothing more to the lanes until it is resumed (OPERATOR, ADMIN)")
    @Decision
    Taken pause(
            @PathVariable String id,
            @RequestBody AdminApi.Why why,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        return Taken.of(replays.pause(Typed.id(id), me.username(), Typed.reason(why.reason()), me.scope()));
    }

    @PostMapping(path = "/{id}/resume", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Tag(name = "Replays")
    @Operation(summary = "Go on with a paused replay (OPERATOR, ADMIN)")
    @Decision
    Taken resume(
            @PathVariable String id,
            @RequestBody AdminApi.Why why,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        return Taken.of(replays.resume(Typed.id(id), me.username(), Typed.reason(why.reason()), me.scope()));
    }

    @PostMapping(path = "/{id}/cancel", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Tag(name = "Replays")
    @Operation(summary = "Hand nothing more to the lanes, for good (OPERATOR, ADMIN)")
    @Decision
    Taken cancel(
            @PathVariable String id,
            @RequestBody AdminApi.Why why,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        return Taken.of(replays.cancel(Typed.id(id), me.username(), Typed.reason(why.reason()), me.scope()));
    }
}
