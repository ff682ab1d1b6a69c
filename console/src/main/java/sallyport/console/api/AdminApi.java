package sallyport.console.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeType;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.security.SecurityScheme;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
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
import sallyport.console.camel.RunningRoutes;
import sallyport.console.words.BadParameter;
import sallyport.console.words.NotThereException;
import sallyport.console.words.Timeline;
import sallyport.console.words.Typed;
import sallyport.ledger.CasePerson;
import sallyport.ledger.CommandWork;
import sallyport.ledger.RouteStates;
import sallyport.ledger.desk.CaseDesk;
import sallyport.ledger.desk.CaseFile;
import sallyport.ledger.desk.CaseRow;
import sallyport.ledger.desk.Commands;
import sallyport.ledger.desk.Explained;
import sallyport.ledger.desk.LegalHolds;
import sallyport.ledger.desk.Page;
import sallyport.ledger.desk.Parked;
import sallyport.mappings.triage.Signal;

/** The admin REST API: what the console shows, and what people ask for, for programs. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Sallyport admin API",
                        version = "v1",
                        description =
                                "Cases and routes of the hub between prisons and police forces. Every answer is cut to the user's "
                                        + "scope: what is outside it is 404. Times are ISO 8601 in UTC. Errors are RFC 9457 problems."),
        security = @SecurityRequirement(name = "basic"))
@SecurityScheme(name = "basic", type = SecuritySchemeType.HTTP, scheme = "basic")
@NotSignedIn
@ApiResponse(
        responseCode = "429",
        description = "Too many failed attempts; Retry-After says how many seconds to wait",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
class AdminApi {

    private final CaseDesk desk;
    private final Commands commands;
    private final RunningRoutes routes;
    private final RouteStates wanted;

    AdminApi(CaseDesk desk, Commands commands, RunningRoutes routes, RouteStates wanted) {
        this.desk = desk;
        this.commands = commands;
        this.routes = routes;
        this.wanted = wanted;
    }

    /** Why something is done. */
    @Schema(description = "Why this is done; kept with the name of the user")
    record Why(
            @Schema(
                            description = "1 to 1,000 characters",
                            requiredMode = Schema.RequiredMode.REQUIRED,
                            maxLength = 1000,
                            example = "Agreed with the force by telephone")
                    @Nullable
                    String reason) {}

    /** Why a case is approved, and for which force. */
    record WhyAndForce(
            @Schema(
                            description = "1 to 1,000 characters",
                            requiredMode = Schema.RequiredMode.REQUIRED,
                            maxLength = 1000)
                    @Nullable
                    String reason,
            @Schema(
                            description =
                                    "The two digits of the receiving force, where the prison alone does not tell it",
                            example = "46")
                    @Nullable
                    String force) {}

    /** What a case is combined with, and why. */
    record WithAndWhy(
            @Schema(
                            description = "The reference of the other case",
                            requiredMode = Schema.RequiredMode.REQUIRED,
                            example = "SP-2026-000124")
                    @Nullable
                    String with,
            @Schema(
                            description = "1 to 1,000 characters",
                            requiredMode = Schema.RequiredMode.REQUIRED,
                            maxLength = 1000)
                    @Nullable
                    String reason) {}

    /** What is released, and why. */
    record WhatAndWhy(
            @Schema(
                            description = "The parked thing: work/<id> or lane/<id>",
                            requiredMode = Schema.RequiredMode.REQUIRED,
                            example = "lane/12")
                    @Nullable
                    String what,
            @Schema(
                            description = "1 to 1,000 characters",
                            requiredMode = Schema.RequiredMode.REQUIRED,
                            maxLength = 1000)
                    @Nullable
                    String reason) {}

    @Schema(description = "One page of cases")
    record Cases(
            List<CaseRow> items,
            @Schema(description = "From 0") int page,
            @Schema(description = "Rows on a page") int size,
            @Schema(description = "Cases on all pages") long total) {

        static Cases of(Page<CaseRow> page) {
            return new Cases(page.items(), page.page(), page.size(), page.total());
        }
    }

    @Schema(description = "Everything the ledger holds of one case; never a body")
    record CaseDetail(
            @JsonUnwrapped CaseRow row,
            @Nullable String occurredText,
            @Nullable String approvedBy,
            @Nullable String approvalReason,
            @Nullable String reviewDetail,
            @Schema(description = "What the latest verdict proposes; the police and the CPS decide")
                    List<Explained.ProposedOffence> proposedOffences,
            @Schema(description = "What happened, oldest first") List<Timeline.Entry> timeline,
            List<CaseFile.Source> sources,
            List<CaseFile.Decision> decisions,
            List<CaseFile.PackageVersion> packages,
            List<CaseFile.Promised> promises,
            List<CaseFile.Attempt> attempts,
            List<CaseFile.Receipt> receipts,
            @Schema(description = "Every rung that is awaited or came, with its times")
                    List<CaseFile.LadderRung> ladder,
            List<CaseFile.Outcome> outcomes,
            @Schema(description = "Stopped until a person acts") List<Parked> parked,
            List<CaseFile.Command> commands,
            List<CasePerson> people,
            List<CaseFile.EvidenceCount> evidence,
            @Schema(description = "Earlier cases within the scope that make a series with this one")
                    List<CaseFile.Earlier> seriesWith,
            @Schema(description = "What charges and alerts say about people whose part the report leaves open")
                    List<Signal> signals,
            @Schema(description = "Legal holds, in force and over") List<LegalHolds.Hold> holds,
            @Schema(description = "When its content was erased, and under which policy")
                    CaseFile.@Nullable Erased erased,
            @Schema(description = "References of cases that became part of this one") List<String> combined) {

        static CaseDetail of(CaseFile file, List<String> combined) {
            return new CaseDetail(
                    file.row(),
                    file.occurredText(),
                    file.approvedBy(),
                    file.approvalReason(),
                    file.reviewDetail(),
                    Explained.offences(file),
                    Timeline.of(file),
                    file.sources(),
                    file.decisions(),
                    file.packages(),
                    file.promises(),
                    file.attempts(),
                    file.receipts(),
                    file.ladder(),
                    file.outcomes(),
                    file.parked(),
                    file.commands(),
                    file.people(),
                    file.evidence(),
                    file.series(),
                    file.signals(),
                    file.holds(),
                    file.erased(),
                    combined);
        }
    }

    @Schema(description = "One route of this node")
    record RouteView(
            String id,
            @Nullable String description,
            @Schema(description = "What operators want: RUNNING or SUSPENDED") String wanted,
            @Schema(description = "What it is on this node: RUNNING, SUSPENDED, STOPPED and what lies between")
                    String state,
            @Schema(description = "Whether it is as wanted; stopped is as good as suspended") boolean asWanted,
            @Schema(description = "Exchanges since the start of this node") @Nullable Long total,
            @Schema(description = "Of these, failed") @Nullable Long failed,
            @Schema(description = "Under way now") @Nullable Long inFlight,
            @Schema(description = "When the last exchange ended") @Nullable Instant lastAt,
            @Schema(description = "Who last said what is wanted") @Nullable String wantedBy,
            @Schema(description = "Why") @Nullable String wantedWhy,
            @Schema(description = "When") @Nullable Instant wantedAt) {}

    @Schema(description = "Who is asking")
    record Me(
            String username,
            @Schema(description = "VIEWER, COORDINATOR, OPERATOR or ADMIN") String role,
            @Schema(description = "Prisons whose cases are seen; * is all") SortedSet<String> prisons,
            @Schema(description = "Forces whose cases are seen; * is all") SortedSet<String> forces) {}

    @GetMapping("/me")
    @Tag(name = "User")
    @Operation(summary = "Who is asking, with role and scope")
    Me me(@Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        return new Me(
                me.username(),
                me.role().name(),
                new TreeSet<>(me.scope().prisons()),
                new TreeSet<>(me.scope().forces()));
    }

    @GetMapping("/cases")
    @Tag(name = "Cases")
    @Operation(summary = "Cases, newest first")
    @ApiResponse(responseCode = "200", description = "One page of cases")
    @WrongParameter
    Cases cases(
            @Parameter(
                            description = "Where the case stands",
                            schema =
                                    @Schema(
                                            allowableValues = {
                                                "AWAITING_DECISION",
                                                "KEPT_INTERNAL",
                                                "IN_PROGRESS",
                                                "DELIVERED",
                                                "CLOSED",
                                                "WITHDRAWN"
                                            }))
                    @RequestParam(required = false)
                    @Nullable
                    String state,
            @Parameter(description = "Code of the receiving force", example = "46")
                    @RequestParam(required = false)
                    @Nullable
                    String force,
            @Parameter(description = "Id of the prison", example = "MDI") @RequestParam(required = false) @Nullable
                    String prison,
            @Parameter(
                            description = "Only cases that make a series with earlier ones of their kind",
                            schema = @Schema(allowableValues = {"ANY", "SAME_SUSPECT", "SAME_PLACE"}))
                    @RequestParam(required = false)
                    @Nullable
                    String series,
            @Parameter(
                            description =
                                    "A case reference or its beginning, an incident or crime reference, or a prisoner number, "
                                            + "current or former; at most 64 characters")
                    @RequestParam(required = false)
                    @Nullable
                    String q,
            @PageNumber @RequestParam(required = false) @Nullable String page,
            @PageSize @RequestParam(required = false) @Nullable String size,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        return Cases.of(desk.cases(Typed.caseQuery(state, force, prison, series, q, page, size), me.scope()));
    }

    @GetMapping("/cases/{reference}")
    @Tag(name = "Cases")
    @Operation(
            summary = "One case with its timeline",
            description = "Seeing a case is recorded in the evidence log as a consultation.")
    @ApiResponse(responseCode = "200", description = "The case")
    @ApiResponse(
            responseCode = "404",
            description = "No such case within the scope",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "301",
            description = "It became part of another case: Location names that one",
            content = @Content)
    ResponseEntity<CaseDetail> caseDetail(
            @Parameter(description = "Case reference", example = "SP-2026-000123") @PathVariable String reference,
            @Parameter(
                            description = "Of a case that became part of another, the file under its own reference",
                            schema = @Schema(type = "boolean", defaultValue = "false"))
                    @RequestParam(required = false)
                    @Nullable
                    String own,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        if (!"true".equals(own)) {
            var survivor = desk.combinedInto(Typed.reference(reference), me.scope());
            if (survivor.isPresent()) {
                return ResponseEntity.status(HttpStatus.MOVED_PERMANENTLY)
                        .location(URI.create("/api/v1/cases/" + survivor.get()))
                        .build();
            }
        }
        return desk.caseFile(Typed.reference(reference), me.scope(), me.username())
                .map(file -> CaseDetail.of(file, desk.combined(reference, me.scope())))
                .map(ResponseEntity::ok)
                .orElseThrow(NotThereException::new);
    }

    @PostMapping(path = "/cases/{reference}/combine", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Tag(name = "Decisions")
    @Operation(
            summary = "Two cases are one matter: they become one, with both references (COORDINATOR, ADMIN)",
            description =
                    "At most one of them may have an incident report. The one that the force has already survives.")
    @Decision
    Taken combine(
            @PathVariable String reference,
            @RequestBody WithAndWhy wish,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        String with = wish.with();
        if (with == null || !Typed.isReference(with)) {
            throw new BadParameter("with", "must be a case reference");
        }
        return Taken.of(commands.combine(
                Typed.reference(reference), with, me.username(), Typed.reason(wish.reason()), me.scope()));
    }

    @PostMapping(path = "/cases/{reference}/approve", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Tag(name = "Decisions")
    @Operation(summary = "Approve a case that waits for a decision: it goes to the police (COORDINATOR, ADMIN)")
    @Decision
    Taken approve(
            @PathVariable String reference,
            @RequestBody WhyAndForce wish,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        return decide(CommandWork.APPROVE, reference, wish.reason(), Typed.force(wish.force()), me);
    }

    @PostMapping(path = "/cases/{reference}/keep-internal", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Tag(name = "Decisions")
    @Operation(
            summary = "Keep a case that waits for a decision inside the prison (COORDINATOR, ADMIN)",
            description =
                    "Where the member of staff who was assaulted asks for the referral, the answer has a note that says"
                            + " so, and so does the evidence log.")
    @Decision
    Taken keepInternal(
            @PathVariable String reference,
            @RequestBody Why why,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        return decide(CommandWork.KEEP_INTERNAL, reference, why.reason(), null, me);
    }

    @PostMapping(path = "/cases/{reference}/confirm-withdrawal", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Tag(name = "Decisions")
    @Operation(summary = "Confirm a proposed withdrawal: the force is told (COORDINATOR, ADMIN)")
    @Decision
    Taken confirmWithdrawal(
            @PathVariable String reference,
            @RequestBody Why why,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        return decide(CommandWork.CONFIRM_WITHDRAWAL, reference, why.reason(), null, me);
    }

    @PostMapping(path = "/cases/{reference}/confirm-review", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Tag(name = "Decisions")
    @Operation(summary = "Clear a review: the package is built again (COORDINATOR, ADMIN)")
    @Decision
    Taken confirmReview(
            @PathVariable String reference,
            @RequestBody Why why,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        return decide(CommandWork.CONFIRM_REVIEW, reference, why.reason(), null, me);
    }

    @PostMapping(path = "/parked/release", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Tag(name = "Operations")
    @Operation(summary = "Run parked work, or a parked lane of a case, again (OPERATOR, ADMIN)")
    @Decision
    Taken release(@RequestBody WhatAndWhy wish, @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        return parked(CommandWork.RELEASE, wish, me);
    }

    @PostMapping(path = "/parked/confirm-sent", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Tag(name = "Operations")
    @Operation(
            summary = "The destination has what is parked: it is not sent again, the case goes on (OPERATOR, ADMIN)",
            description = "For an effect whose outcome was unknown, or that was handed over by other means.")
    @Decision
    Taken confirmSent(@RequestBody WhatAndWhy wish, @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        return parked(CommandWork.CONFIRM_SENT, wish, me);
    }

    @PostMapping(path = "/parked/cancel-send", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Tag(name = "Operations")
    @Operation(
            summary = "What is parked is not sent at all, the case goes on with what follows (OPERATOR, ADMIN)",
            description = "Only where the destination provably does not hold it.")
    @Decision
    Taken cancelSend(@RequestBody WhatAndWhy wish, @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        return parked(CommandWork.CANCEL_SEND, wish, me);
    }

    private Taken parked(String kind, WhatAndWhy wish, SignedIn me) {
        if (wish.what() == null || !wish.what().matches("(work|lane)/[0-9]{1,18}")) {
            throw new BadParameter("what", "must be work/<id> or lane/<id>");
        }
        return Taken.of(commands.ask(kind, wish.what(), null, me.username(), Typed.reason(wish.reason()), me.scope()));
    }

    @GetMapping("/routes")
    @Tag(name = "Operations")
    @Operation(summary = "The routes of this node, by id")
    List<RouteView> routes() {
        var states = wanted.wanted();
        return routes.all().stream()
                .map(route -> view(route, states.get(route.id())))
                .toList();
    }

    @PostMapping(path = "/routes/{id}/suspend", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Tag(name = "Operations")
    @Operation(
            summary = "Suspend a route on every node, through restarts, until it is resumed (OPERATOR, ADMIN)",
            description = "The nodes follow within seconds; GET /routes tells when this one has.")
    @RouteWish
    RouteView suspend(
            @PathVariable String id,
            @RequestBody Why why,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        return want(id, false, why, me);
    }

    @PostMapping(path = "/routes/{id}/resume", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Tag(name = "Operations")
    @Operation(
            summary = "Let a route run again on every node (OPERATOR, ADMIN)",
            description = "The nodes follow within seconds; GET /routes tells when this one has.")
    @RouteWish
    RouteView resume(
            @PathVariable String id,
            @RequestBody Why why,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn me) {
        return want(id, true, why, me);
    }

    private Taken decide(String kind, String reference, @Nullable String given, @Nullable String force, SignedIn me) {
        String reason = Typed.reason(given);
        return Taken.of(commands.ask(kind, Typed.reference(reference), force, me.username(), reason, me.scope()));
    }

    private RouteView want(String id, boolean running, Why why, SignedIn me) {
        String reason = Typed.reason(why.reason());
        var route = routes.find(id).orElseThrow(NotThereException::new);
        wanted.want(id, running, me.username(), reason);
        return view(route, wanted.wanted().get(id));
    }

    private static RouteView view(RunningRoutes.RunningRoute route, RouteStates.@Nullable Wanted wanted) {
        boolean running = wanted == null || wanted.running();
        return new RouteView(
                route.id(),
                route.description(),
                running ? "RUNNING" : "SUSPENDED",
                route.state(),
                route.isAsWanted(running),
                route.total(),
                route.failed(),
                route.inFlight(),
                route.lastAt(),
                wanted == null ? null : wanted.actor(),
                wanted == null ? null : wanted.reason(),
                wanted == null ? null : wanted.at());
    }
}
