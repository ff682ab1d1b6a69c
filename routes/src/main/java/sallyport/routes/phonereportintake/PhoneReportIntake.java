package sallyport.routes.phonereportintake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import sallyport.connectors.prison.phonereports.PhoneMail;
import sallyport.ledger.Effect;
import sallyport.ledger.Effect.ReportMatched;
import sallyport.ledger.Effects;
import sallyport.ledger.Evidence;
import sallyport.ledger.ReportKind;
import sallyport.ledger.ReportState;
import sallyport.ledger.ReportWork;
import sallyport.ledger.ReportWork.Candidate;
import sallyport.ledger.SourceKey;
import sallyport.ledger.SourceVersion;
import sallyport.ledger.Step;
import sallyport.ledger.TelephoneLists;
import sallyport.mappings.Rejected;
import sallyport.mappings.canonical.Sha256;
import sallyport.mappings.incident.IncidentReport;
import sallyport.mappings.match.Choice;
import sallyport.mappings.match.Match;
import sallyport.mappings.phonereport.PhoneMatch;
import sallyport.mappings.phonereport.PhoneReport;
import sallyport.mappings.phonereport.PhoneReportSheet;
import sallyport.mappings.phonereport.PhoneReportSheet.Good;
import sallyport.mappings.phonereport.PhoneReportSheet.Row;

/**
 * Stores each telephone report as a source record of its own, and finds out which incident report it announced. What cannot be read is
 * stored all the same, under the list and row that it came from: its own work parks and names the row and the column, and the others go on.
 */
@Component
final class PhoneReportIntake {

    /** Kind of the work items. */
    static final String TASK = ReportKind.TELEPHONE.task();

    private static final Logger log = LoggerFactory.getLogger(PhoneReportIntake.class);
    private static final int MOST_PROPOSED = 5;

    /** References are in capital letters, so none looks like these. */
    private static final Pattern ROW = Pattern.compile("[0-9a-f]{64}/[0-9]+/rows/([0-9]{1,9})");

    private static final Pattern WHOLE = Pattern.compile("[0-9a-f]{64}/[0-9]+");

    private final PhoneReportProperties properties;
    private final Clock clock;

    PhoneReportIntake(PhoneReportProperties properties, Clock clock) {
        this.properties = properties;
        this.clock = clock;
    }

    /** The lists in a mail, or else its text. */
    Effects open(SourceVersion mail) {
        if (mail.erased()) {
            return Effects.none();
        }
        PhoneMail found = PhoneMail.open(mail.raw());
        List<Effect> effects = new ArrayList<>();
        if (found.others() > 0) {
            effects.add(new Effect.Tally("telephone-mail/other-attachment", found.others()));
        }
        String from = mail.key().recordId();
        Source source = new Source(mail.key().system() + "/" + from, mail.fetchedAt());
        for (byte[] list : found.lists()) {
            effects.addAll(list(list, TelephoneLists.recordId(list), source));
        }
        if (found.lists().isEmpty()) {
            byte[] text = found.text();
            if (text == null) {
                throw new Rejected("nothing-in-it", "/");
            }
            effects.addAll(text(text, from + "/0", source));
        }
        return Effects.of(effects);
    }

    /** Where reports came from, and when. */
    private record Source(String from, Instant at) {}

    private static List<Effect> list(byte[] list, String id, Source source) {
        List<Row> rows;
        try {
            rows = PhoneReportSheet.read(list, PhoneReportSheet.MOST_ROWS);
        } catch (Rejected rejected) {
            return unreadable(list, id, source);
        }
        List<Effect> effects = new ArrayList<>();
        for (Row row : rows) {
            effects.addAll(
                    row instanceof Good good
                            ? report(good.report(), good.raw(), source)
                            : unreadable(row.raw(), id + "/rows/" + row.number(), source));
        }
        return effects;
    }

    private static List<Effect> text(byte[] text, String id, Source source) {
        try {
            return report(PhoneReport.read(text, 0), text, source);
        } catch (Rejected rejected) {
            return unreadable(text, id, source);
        }
    }

    private static List<Effect> report(PhoneReport report, byte[] raw, Source source) {
        SourceKey key = new SourceKey(SourceKey.TELEPHONE_REPORTS, report.reference());
        Instant occurred = report.occurredAt().instant();
        List<Effect> effects = new ArrayList<>(List.of(
                stored(key, raw, source, report.prison(), occurred),
                new Effect.ReportRead(
                        key,
                        report.reportedAt() == null
                                ? source.at()
                                : report.reportedAt().instant())));
        List<@Nullable String> subjects = new ArrayList<>(report.prisoners());
        if (subjects.isEmpty()) {
            subjects.add(null);
        }
        subjects.forEach(subject -> effects.add(collected(key, raw, subject)));
        return effects;
    }

    private static List<Effect> unreadable(byte[] raw, String id, Source source) {
        SourceKey key = new SourceKey(SourceKey.TELEPHONE_REPORTS, id);
        return List.of(stored(key, raw, source, null, null), collected(key, raw, null));
    }

    private static Effect stored(
            SourceKey key, byte[] raw, Source source, @Nullable String prison, @Nullable Instant occurredAt) {
        return new Effect.StoreSource(
                key, raw, null, null, false, source.at(), source.from(), prison, occurredAt, Step.TELEPHONE_MATCH);
    }

    private static Effect collected(SourceKey key, byte[] raw, @Nullable String subject) {
        return new Effect.Log(new Evidence(
                Evidence.Kind.COLLECTION,
                null,
                subject,
                "sallyport",
                "an incident reported by telephone",
                null,
                Sha256.of(raw),
                null,
                null,
                key.system() + "/"
                        + HexFormat.of().formatHex(Sha256.of(key.recordId().getBytes(UTF_8)), 0, 8)));
    }

    Effects match(ReportWork work) {
        SourceVersion version = work.report();
        if (version.erased()) {
            return Effects.none();
        }
        String id = version.key().recordId();
        if (WHOLE.matcher(id).matches()) {
            return again(version, id);
        }
        Matcher row = ROW.matcher(id);
        PhoneReport report = PhoneReport.read(version.raw(), row.matches() ? Integer.parseInt(row.group(1)) : 0);
        ReportState state = work.state();
        if (state == null) {
            // It could not be read when it came, and can be now.
            return Effects.of(
                    report(report, version.raw(), new Source("telephone-reports/" + id, version.fetchedAt())));
        }
        if (!state.isOpen()) {
            return state == ReportState.LINKED ? inCase(work) : Effects.none();
        }
        List<IncidentReport> incidents = new ArrayList<>();
        for (Candidate candidate : work.candidates()) {
            try {
                incidents.add(IncidentReport.read(candidate.incident().raw()));
            } catch (Rejected unreadable) {
                // Its own work is parked for it, and a later version will be looked at.
                log.debug("telephone-match: an incident report cannot be read");
            }
        }
        Choice choice = PhoneMatch.choice(report, incidents, work.refused(), properties.policy());
        return switch (choice.verdict()) {
            case LINK -> linked(work, choice.matches().get(0));
            case ASK -> asked(work, report, choice.matches());
            case WAIT -> waiting(work, report);
        };
    }

    /** A whole list or text that could not be read: it says again why, or it can be read now. */
    private static Effects again(SourceVersion version, String id) {
        Source source = new Source("telephone-reports/" + id, version.fetchedAt());
        if (id.endsWith("/0")) {
            return Effects.of(report(PhoneReport.read(version.raw(), 0), version.raw(), source));
        }
        PhoneReportSheet.read(version.raw(), PhoneReportSheet.MOST_ROWS);
        return Effects.of(list(version.raw(), id, source));
    }

    private Effects linked(ReportWork work, Match match) {
        SourceKey key = work.report().key();
        Candidate with = work.candidates().stream()
                .filter(candidate -> candidate.incident().key().recordId().equals(match.id()))
                .findFirst()
                .orElseThrow();
        List<Effect> effects = new ArrayList<>();
        effects.add(new ReportMatched(key, ReportState.LINKED, matches(List.of(match))));
        effects.add(new Effect.CloseTasks(TASK, Set.of(which(work), unfollowed(work)), "an incident report fits"));
        effects.add(new Effect.Log(new Evidence(
                Evidence.Kind.COMBINATION,
                with.caseReference(),
                null,
                "sallyport",
                "a telephone report and the incident report that it announced",
                null,
                work.report().sha256(),
                null,
                null,
                "incident-reporting/" + match.id() + " score " + match.score() + ": " + match.explained())));
        if (with.caseId() != null && !work.inCase()) {
            effects.add(new Effect.LinkRecord(with.caseId(), key));
        }
        return Effects.of(effects);
    }

    /** Linked, by whomever: it belongs to the case of its incident report once there is one. */
    private static Effects inCase(ReportWork work) {
        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.CloseTasks(TASK, Set.of(which(work), unfollowed(work)), "an incident report fits"));
        if (!work.inCase()) {
            work.candidates().stream()
                    .map(Candidate::caseId)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .ifPresent(caseId -> effects.add(
                            new Effect.LinkRecord(caseId, work.report().key())));
        }
        return Effects.of(effects);
    }

    private Effects asked(ReportWork work, PhoneReport report, List<Match> matches) {
        List<Match> best = matches.subList(0, Math.min(MOST_PROPOSED, matches.size()));
        return Effects.of(
                new ReportMatched(work.report().key(), ReportState.ASKED, matches(best)),
                new Effect.OpenTask(
                        TASK,
                        which(work),
                        null,
                        report.prison(),
                        null,
                        "Say which incident report this telephone report announced: "
                                + (best.size() == 1 ? "one" : best.size()) + " may be the one, the best with score "
                                + best.get(0).score() + ".",
                        null));
    }

    private Effects waiting(ReportWork work, PhoneReport report) {
        List<Effect> effects = new ArrayList<>();
        effects.add(new ReportMatched(work.report().key(), ReportState.WAITING, List.of()));
        effects.add(new Effect.CloseTasks(TASK, Set.of(which(work)), "no incident report may be meant any more"));
        Instant due = Objects.requireNonNull(work.reportedAt()).plus(properties.followedWithin());
        Duration left = Duration.between(clock.instant(), due);
        if (left.isNegative() || left.isZero()) {
            effects.add(new Effect.OpenTask(
                    TASK,
                    unfollowed(work),
                    null,
                    report.prison(),
                    null,
                    "Reported by telephone, never followed by an incident report: ask the prison for it, or say that none will come.",
                    due));
        } else {
            effects.add(new Effect.RequestWork(
                    Step.TELEPHONE_MATCH, work.report().key().recordId(), left, left));
        }
        return Effects.of(effects);
    }

    private static List<ReportMatched.Match> matches(List<Match> matches) {
        return matches.stream()
                .map(match -> new ReportMatched.Match(match.id(), match.score(), match.explained()))
                .toList();
    }

    private static String which(ReportWork work) {
        return ReportKind.TELEPHONE.which(work.report().recordRow());
    }

    private static String unfollowed(ReportWork work) {
        return ReportKind.TELEPHONE.notFollowed(work.report().recordRow());
    }
}
