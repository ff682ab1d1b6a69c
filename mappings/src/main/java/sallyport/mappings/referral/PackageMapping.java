package sallyport.mappings.referral;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.MappingVersion;
import sallyport.mappings.Rejected;
import sallyport.mappings.adjudication.Adjudication;
import sallyport.mappings.force.PrisonForce;
import sallyport.mappings.force.PrisonForces;
import sallyport.mappings.identity.CaseReference;
import sallyport.mappings.identity.CroNumber;
import sallyport.mappings.identity.ForceCode;
import sallyport.mappings.identity.PncId;
import sallyport.mappings.identity.PrisonerNumber;
import sallyport.mappings.incident.IncidentReport;
import sallyport.mappings.incident.IncidentReport.PrisonerInvolvement;
import sallyport.mappings.incident.IncidentReport.StaffInvolvement;
import sallyport.mappings.incident.Suspects;
import sallyport.mappings.prisoner.Prisoner;
import sallyport.mappings.referral.ReferralPackage.Addendum;
import sallyport.mappings.referral.ReferralPackage.Alias;
import sallyport.mappings.referral.ReferralPackage.CaseNoteExtract;
import sallyport.mappings.referral.ReferralPackage.Exhibit;
import sallyport.mappings.referral.ReferralPackage.Grounds;
import sallyport.mappings.referral.ReferralPackage.Incident;
import sallyport.mappings.referral.ReferralPackage.Injury;
import sallyport.mappings.referral.ReferralPackage.Kind;
import sallyport.mappings.referral.ReferralPackage.Lineage;
import sallyport.mappings.referral.ReferralPackage.Media;
import sallyport.mappings.referral.ReferralPackage.MediaEvidence;
import sallyport.mappings.referral.ReferralPackage.OtherIdentifier;
import sallyport.mappings.referral.ReferralPackage.Person;
import sallyport.mappings.referral.ReferralPackage.Prison;
import sallyport.mappings.referral.ReferralPackage.Reason;
import sallyport.mappings.referral.ReferralPackage.ReleaseDates;
import sallyport.mappings.referral.ReferralPackage.Role;
import sallyport.mappings.referral.ReferralPackage.Staff;
import sallyport.mappings.referral.ReferralPackage.Statement;
import sallyport.mappings.referral.ReferralPackage.Urgency;
import sallyport.mappings.referral.ReferralPackage.When;
import sallyport.mappings.time.LondonTime;
import sallyport.mappings.triage.Criteria;
import sallyport.mappings.triage.Verdict;

/**
 * Puts the package of a case together from what the prison's systems say. The same facts give the same package, whatever order they
 * come in. A person whom prisoner search does not know stays as the report has them; a wrong PNC or CRO number stays as text and is
 * never passed on as checked. An offence of the verdict that the table does not have is {@code Rejected("unknown-offence", "/proposedOffences")}.
 */
public final class PackageMapping {

    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final ReleaseDates NO_DATES =
            new ReleaseDates(null, null, null, null, null, null, null, null, null, null, null, null, null);
    private static final String FROM_INCIDENT = "INCIDENT";
    private static final String FROM_ADJUDICATION = "ADJUDICATION";
    static final String FROM_PERSON = "PERSON";

    private static final SortedMap<ReadinessItem, String> STATEMENT_KINDS = new TreeMap<>(Map.of(
            ReadinessItem.VICTIM_STATEMENT, "MG11",
            ReadinessItem.WITNESS_STATEMENTS, "MG11",
            ReadinessItem.VICTIM_PERSONAL_STATEMENT, "VPS",
            ReadinessItem.COMMUNITY_IMPACT_STATEMENT, "PCIS"));
    /** Answers that have a place in the package already. */
    private static final Set<ReadinessItem> ELSEWHERE = EnumSet.of(
            ReadinessItem.VICTIM_STATEMENT,
            ReadinessItem.WITNESS_STATEMENTS,
            ReadinessItem.VICTIM_PERSONAL_STATEMENT,
            ReadinessItem.COMMUNITY_IMPACT_STATEMENT,
            ReadinessItem.EXHIBITS,
            ReadinessItem.FOOTAGE,
            ReadinessItem.TERRORISM_CONNECTION,
            ReadinessItem.INTELLIGENCE_FLAG);

    private final Facts facts;
    private final List<RequestedNote> requested;
    private final IncidentReport report;
    private final UseOfForcePapers useOfForce;
    private final ChargeHistory history;
    private final Map<String, Prisoner> prisonerSearch = new HashMap<>();
    private final Set<String> suspectNumbers = new HashSet<>();

    private PackageMapping(Facts facts, List<RequestedNote> requested) {
        this.facts = facts;
        this.requested = List.copyOf(requested);
        this.report = facts.incident();
        this.useOfForce = new UseOfForcePapers(facts.useOfForce());
        this.history = new ChargeHistory(report, facts.linkedCharges());
        for (Prisoner prisoner : facts.prisoners()) {
            prisonerSearch.put(prisoner.prisonerNumber(), prisoner);
        }
    }

    public static ReferralPackage assemble(Facts facts) {
        return assemble(facts, List.of());
    }

    /** @param requested case notes that people asked for and chose, about anybody in the package */
    public static ReferralPackage assemble(Facts facts, List<RequestedNote> requested) {
        return new PackageMapping(facts, requested).assemble();
    }

    /**
     * Whether the next version would take away every suspect that the previous one had, as a change of type does: it is never sent
     * before a person has confirmed it.
     */
    public static boolean losesSuspects(ReferralPackage previous, ReferralPackage next) {
        return next.kind() != Kind.WITHDRAWAL && hasSuspects(previous) && !hasSuspects(next);
    }

    private static boolean hasSuspects(ReferralPackage pkg) {
        return !pkg.persons(Role.SUSPECT).isEmpty()
                || pkg.staff().stream().anyMatch(member -> member.role() == Role.SUSPECT);
    }

    private ReferralPackage assemble() {
        List<Person> persons = persons();
        List<Adjudication> charges = facts.adjudications().stream()
                .filter(charge -> suspectNumbers.contains(charge.prisonerNumber()))
                .sorted(comparing(Adjudication::chargeNumber))
                .toList();
        ReferralPackage unchecked = packageOf(persons, charges, List.of());
        List<Readiness> checklist = Checklist.answered(
                ReadinessCheck.found(unchecked, facts.answers(), facts.unreadCharges()),
                facts.answers(),
                facts.documents(),
                Checklist.tags(unchecked));
        return packageOf(
                persons,
                charges,
                checklist.stream().filter(one -> !one.item().internal()).toList());
    }

    /** What the report alone shows of the checklist: nobody has been asked anything else yet, and no force matters. */
    static List<Readiness> ofReportAlone(
            IncidentReport report, Verdict verdict, List<ReferralPackage.Document> documents) {
        Facts alone = new Facts(
                new CaseReference("SP-2000-000000"),
                1,
                Kind.INITIAL,
                ReferralPackage.Marking.OFFICIAL_SENSITIVE,
                new ForceCode("00"),
                null,
                report,
                new SourceVersion("incident-reporting", report.id(), 1, "0".repeat(64)),
                verdict,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                documents,
                null,
                null,
                null,
                Instant.EPOCH);
        PackageMapping mapping = new PackageMapping(alone, List.of());
        return ReadinessCheck.found(mapping.packageOf(mapping.persons(), List.of(), List.of()), List.of(), 0);
    }

    private ReferralPackage packageOf(List<Person> persons, List<Adjudication> charges, List<Readiness> readiness) {
        return new ReferralPackage(
                ReferralPackage.SCHEMA,
                facts.caseReference(),
                facts.version(),
                facts.kind(),
                facts.marking(),
                facts.force(),
                new Prison(report.location(), prisonName()),
                incident(),
                grounds(),
                persons,
                staff(),
                injuries(),
                statements(),
                exhibits(charges),
                media(charges),
                charges.stream().map(history::entry).toList(),
                caseNotes(persons),
                OffencesProposed.by(
                        facts.verdict(), report.incidentDateAndTime().instant()),
                facts.intelligence(),
                readiness,
                answers(),
                facts.documents(),
                useOfForce.papers(persons),
                null,
                new Lineage(
                        facts.verdict().ruleVersion(),
                        MappingVersion.CURRENT,
                        facts.builtAt(),
                        Stream.concat(Stream.of(facts.incidentSource()), facts.otherSources().stream())
                                .distinct()
                                .sorted(comparing(SourceVersion::system)
                                        .thenComparing(SourceVersion::recordId)
                                        .thenComparing(SourceVersion::version))
                                .toList()));
    }

    private @Nullable String prisonName() {
        if (facts.prisonName() != null) {
            return facts.prisonName();
        }
        return PrisonForces.suggestion(report.location())
                .map(PrisonForce::prisonName)
                .orElse(null);
    }

    private Incident incident() {
        return new Incident(
                report.reportReference(),
                report.id(),
                report.type(),
                report.family(),
                report.title(),
                report.description(),
                report.descriptionAddendums().stream()
                        .map(addendum -> new Addendum(when(addendum.createdAt()), addendum.text()))
                        .toList(),
                when(report.incidentDateAndTime()),
                when(report.reportedAt()),
                ReportAnswers.of(report, ReportAnswers.Part.PLACE).stream()
                        .map(answer -> words(
                                answer.response().label(), answer.response().additionalInformation()))
                        .sorted()
                        .toList());
    }

    private Grounds grounds() {
        Verdict verdict = facts.verdict();
        List<Series> series = facts.series().stream()
                .filter(one -> one.prisonerNumber() == null || suspectNumbers.contains(one.prisonerNumber()))
                .sorted(comparing(Series::kind).thenComparing(by(Series::prisonerNumber)))
                .toList();
        return new Grounds(
                verdict.kind().name(),
                verdict.immediate() ? Urgency.IMMEDIATE : Urgency.ROUTINE,
                verdict.prisonDecided(),
                verdict.criteria(),
                verdict.reasons().stream()
                        .map(reason -> new Reason(
                                reason.ruleId(),
                                first(reason.criterion()),
                                first(reason.questionCode()),
                                first(reason.question()),
                                first(reason.answerCode()),
                                first(reason.answer()),
                                first(reason.explanation())))
                        .toList(),
                aggravating(verdict, series),
                facts.terrorismConnected(),
                series);
    }

    /** What the force is told of a series is what makes it repeated. */
    private static List<String> aggravating(Verdict verdict, List<Series> series) {
        if (series.isEmpty()) {
            return verdict.aggravating();
        }
        List<String> factors = new ArrayList<>(verdict.aggravating());
        factors.add(PackageJson.REPEATED);
        return Criteria.ordered(false, factors);
    }

    private List<Person> persons() {
        List<Person> persons = new ArrayList<>();
        for (PrisonerInvolvement involved : report.prisonersInvolved()) {
            Role role = Role.valueOf(
                    Suspects.part(involved.prisonerRole(), report.family()).name());
            Person person = person(role, involved);
            if (role == Role.SUSPECT && person.prisonerNumber() != null) {
                suspectNumbers.add(person.prisonerNumber().value());
            }
            persons.add(person);
        }
        persons.sort(comparing(Person::role)
                .thenComparing(by(person -> person.prisonerNumber() == null
                        ? null
                        : person.prisonerNumber().value()))
                .thenComparing(by(Person::prisonerNumberAsReceived))
                .thenComparing(Person::reportedRole)
                .thenComparing(by(Person::lastName))
                .thenComparing(by(Person::firstName))
                .thenComparing(by(Person::comment)));
        return persons;
    }

    private Person person(Role role, PrisonerInvolvement involved) {
        Checked<PrisonerNumber> number =
                check(involved.prisonerNumber(), text -> PrisonerNumber.of(text, "/prisonersInvolved/prisonerNumber"));
        Prisoner known = number.value() == null
                ? null
                : prisonerSearch.get(number.value().value());
        String reportedRole = involved.prisonerRole().name();
        String outcome = involved.outcome() == null ? null : involved.outcome().name();
        if (known == null) {
            return new Person(
                    role,
                    reportedRole,
                    number.value(),
                    number.asReceived(),
                    false,
                    first(involved.firstName()),
                    null,
                    first(involved.lastName()),
                    null,
                    null,
                    null,
                    null,
                    null,
                    List.of(),
                    List.of(),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    List.of(),
                    outcome,
                    involved.comment());
        }
        int year = facts.builtAt().atZone(LONDON).getYear();
        Checked<PncId> pnc = check(
                first(known.pncNumberCanonicalLong(), known.pncNumber(), known.pncNumberCanonicalShort()),
                text -> PncId.of(text, "/pncNumber", year));
        Checked<CroNumber> cro = check(known.croNumber(), text -> CroNumber.of(text, "/croNumber"));
        return new Person(
                role,
                reportedRole,
                number.value(),
                number.asReceived(),
                true,
                first(known.firstName(), involved.firstName()),
                known.middleNames(),
                first(known.lastName(), involved.lastName()),
                known.dateOfBirth(),
                pnc.value(),
                pnc.asReceived(),
                cro.value(),
                cro.asReceived(),
                role == Role.SUSPECT ? aliases(known) : List.of(),
                role == Role.SUSPECT ? otherIdentifiers(known, pnc, cro) : List.of(),
                known.prisonId(),
                first(known.cellLocation(), known.locationDescription()),
                known.status(),
                known.legalStatus(),
                known.recall(),
                known.indeterminateSentence(),
                releaseDates(known),
                known.languages().stream()
                        .filter(language -> Boolean.TRUE.equals(language.interpreterRequested()))
                        .map(Prisoner.Language::code)
                        .flatMap(Stream::ofNullable)
                        .distinct()
                        .sorted()
                        .toList(),
                outcome,
                involved.comment());
    }

    private static List<Alias> aliases(Prisoner known) {
        return known.aliases().stream()
                .map(alias -> new Alias(
                        first(alias.firstName()),
                        first(alias.middleNames()),
                        first(alias.lastName()),
                        alias.dateOfBirth()))
                .filter(alias -> Stream.<@Nullable Object>of(
                                alias.firstName(), alias.middleNames(), alias.lastName(), alias.dateOfBirth())
                        .anyMatch(part -> part != null))
                .distinct()
                .sorted(PackageMapping.<Alias>by(Alias::lastName)
                        .thenComparing(by(Alias::firstName))
                        .thenComparing(by(Alias::middleNames))
                        .thenComparing(by(alias -> alias.dateOfBirth() == null
                                ? null
                                : alias.dateOfBirth().toString())))
                .toList();
    }

    /** What is the person's PNC ID or CRO number already is not said twice. */
    private List<OtherIdentifier> otherIdentifiers(Prisoner known, Checked<PncId> pnc, Checked<CroNumber> cro) {
        int year = facts.builtAt().atZone(LONDON).getYear();
        return known.identifiers().stream()
                .filter(identifier -> identifier.value() != null
                        && !identifier.value().isBlank()
                        && ("PNC".equals(identifier.type()) || "CRO".equals(identifier.type())))
                .filter(identifier -> identifier.type().equals("PNC")
                        ? !check(identifier.value(), text -> PncId.of(text, "/identifiers", year))
                                .equals(pnc)
                        : !check(identifier.value(), text -> CroNumber.of(text, "/identifiers"))
                                .equals(cro))
                .map(identifier -> new OtherIdentifier(
                        identifier.type(),
                        identifier.value().strip(),
                        identifier.type().equals("PNC")
                                ? fits(identifier.value(), text -> PncId.of(text, "/identifiers", year))
                                : fits(identifier.value(), text -> CroNumber.of(text, "/identifiers"))))
                .distinct()
                .sorted(comparing(OtherIdentifier::type).thenComparing(OtherIdentifier::value))
                .toList();
    }

    private @Nullable ReleaseDates releaseDates(Prisoner known) {
        ReleaseDates dates = new ReleaseDates(
                earliestRelease(known),
                known.releaseDate(),
                known.confirmedReleaseDate(),
                known.conditionalReleaseDate(),
                known.automaticReleaseDate(),
                known.postRecallReleaseDate(),
                known.homeDetentionCurfewActualDate(),
                known.sentenceExpiryDate(),
                known.sentenceStartDate(),
                known.licenceExpiryDate(),
                known.paroleEligibilityDate(),
                known.homeDetentionCurfewEligibilityDate(),
                known.tariffDate());
        return dates.equals(NO_DATES) ? null : dates;
    }

    /** A day that has passed releases nobody: somebody who was recalled still has the day on which they left the last time. */
    private @Nullable LocalDate earliestRelease(Prisoner known) {
        LocalDate today = facts.builtAt().atZone(LONDON).toLocalDate();
        LocalDate confirmed = known.confirmedReleaseDate();
        if (confirmed != null && !confirmed.isBefore(today)) {
            return confirmed;
        }
        return Stream.<@Nullable LocalDate>of(
                        known.releaseDate(),
                        known.conditionalReleaseDate(),
                        known.automaticReleaseDate(),
                        known.postRecallReleaseDate(),
                        known.homeDetentionCurfewActualDate(),
                        known.sentenceExpiryDate())
                .flatMap(Stream::ofNullable)
                .filter(date -> !date.isBefore(today))
                .min(naturalOrder())
                .orElse(null);
    }

    private List<Staff> staff() {
        return report.staffInvolved().stream()
                .map(PackageMapping::member)
                .sorted(comparing(Staff::role)
                        .thenComparing(by(Staff::lastName))
                        .thenComparing(by(Staff::firstName))
                        .thenComparing(by(Staff::username))
                        .thenComparing(Staff::reportedRole)
                        .thenComparing(by(Staff::comment)))
                .toList();
    }

    private static Staff member(StaffInvolvement member) {
        return new Staff(
                Role.valueOf(Suspects.part(member.staffRole()).name()),
                member.staffRole().name(),
                member.staffUsername(),
                first(member.firstName()),
                first(member.lastName()),
                member.comment());
    }

    private List<Injury> injuries() {
        return ReportAnswers.of(report, ReportAnswers.Part.INJURY).stream()
                .map(answer -> new Injury(
                        answer.question().code(),
                        answer.question().label(),
                        answer.response().code(),
                        answer.response().label(),
                        answer.response().additionalInformation()))
                .sorted(comparing(Injury::questionCode)
                        .thenComparing(by(Injury::answerCode))
                        .thenComparing(Injury::answer)
                        .thenComparing(by(Injury::comment)))
                .toList();
    }

    private List<Exhibit> exhibits(List<Adjudication> charges) {
        Stream<Exhibit> found = ReportAnswers.of(report, ReportAnswers.Part.EXHIBIT).stream()
                .map(answer -> Exhibit.existing(
                        FROM_INCIDENT,
                        answer.kind(),
                        null,
                        words(
                                answer.question().label() + ": "
                                        + answer.response().label(),
                                answer.response().additionalInformation()),
                        null));
        Stream<Exhibit> tagged = charges.stream().flatMap(charge -> charge.evidence().stream()
                .filter(evidence -> !isMedia(evidence))
                .map(evidence -> Exhibit.existing(
                        FROM_ADJUDICATION,
                        evidence.code().name(),
                        evidence.identifier(),
                        evidence.details(),
                        charge.chargeNumber())));
        Stream<Exhibit> sealed = entries(ReadinessItem.EXHIBITS)
                .map(entry -> new Exhibit(
                        FROM_PERSON,
                        "SEALED",
                        text(entry, "seal"),
                        String.valueOf(text(entry, "description")),
                        null,
                        text(entry, "exhibit"),
                        text(entry, "producedBy"),
                        text(entry, "location"),
                        text(entry, "copy"),
                        flag(entry, "attached"),
                        text(entry, "policeReference"),
                        day(entry, "completedOn")));
        return Stream.of(found, tagged, useOfForce.exhibits(), sealed)
                .flatMap(Function.identity())
                .distinct()
                .sorted(comparing(Exhibit::source)
                        .thenComparing(Exhibit::kind)
                        .thenComparing(by(Exhibit::chargeNumber))
                        .thenComparing(by(Exhibit::reference))
                        .thenComparing(Exhibit::description)
                        .thenComparing(by(Exhibit::exhibit))
                        .thenComparing(by(Exhibit::policeReference)))
                .toList();
    }

    private List<Media> media(List<Adjudication> charges) {
        Stream<Media> answered = ReportAnswers.of(report, ReportAnswers.Part.MEDIA).stream()
                .map(answer -> Media.existing(
                        FROM_INCIDENT,
                        answer.kind(),
                        null,
                        words(answer.response().label(), answer.response().additionalInformation()),
                        null));
        Stream<Media> charged = charges.stream().flatMap(charge -> charge.evidence().stream()
                .filter(PackageMapping::isMedia)
                .map(evidence -> Media.existing(
                        FROM_ADJUDICATION,
                        evidence.code().name(),
                        evidence.identifier(),
                        evidence.details(),
                        charge.chargeNumber())));
        Stream<Media> told = entries(ReadinessItem.FOOTAGE).map(PackageMapping::footage);
        return Stream.of(answered, charged, useOfForce.media(), told)
                .flatMap(Function.identity())
                .map(this::kept)
                .distinct()
                .sorted(comparing(Media::source)
                        .thenComparing(Media::kind)
                        .thenComparing(by(Media::chargeNumber))
                        .thenComparing(by(Media::reference))
                        .thenComparing(by(Media::description))
                        .thenComparing(by(Media::handedTo))
                        .thenComparing(Media::handedOn, nullsFirst(naturalOrder()))
                        .thenComparing(Media::keptUntil, nullsFirst(naturalOrder()))
                        .thenComparing(Media::askedToKeepOn, nullsFirst(naturalOrder())))
                .toList();
    }

    private static Media footage(Map<String, Object> entry) {
        LocalDate keptUntil = day(entry, "keptUntil");
        return new Media(
                FROM_PERSON,
                String.valueOf(text(entry, "kind")),
                text(entry, "reference"),
                text(entry, "shows"),
                null,
                text(entry, "handedTo") == null ? MediaEvidence.TO_BE_EVIDENCED : MediaEvidence.DELIVERED,
                text(entry, "handedTo"),
                day(entry, "handedOn"),
                keptUntil,
                keptUntil == null ? null : FROM_PERSON,
                day(entry, "askedToKeepOn"));
    }

    /** How long it is reckoned to be kept, unless it was handed over, or people have said more of it: an answer is about the whole. */
    private Media kept(Media media) {
        if (media.evidence() == MediaEvidence.DELIVERED || media.keptUntil() != null) {
            return media;
        }
        boolean saidElsewhere = !media.source().equals(FROM_PERSON)
                && facts.answers().stream()
                        .filter(fact -> fact.item() == ReadinessItem.FOOTAGE)
                        .anyMatch(fact -> fact.state() == Readiness.State.NOT_APPLICABLE
                                || fact.entries().stream()
                                        .anyMatch(entry -> FootageKept.group(String.valueOf(text(entry, "kind")))
                                                .equals(FootageKept.group(media.kind()))));
        LocalDate until =
                FootageKept.reckoned(media.kind(), report.incidentDateAndTime().instant());
        return saidElsewhere || until == null ? media : media.kept(until, "POLICY");
    }

    private List<Statement> statements() {
        List<Statement> statements = new ArrayList<>();
        STATEMENT_KINDS.forEach((item, kind) -> {
            int[] number = {0};
            entries(item).forEach(entry -> {
                number[0]++;
                statements.add(new Statement(
                        item.code() + "-" + number[0],
                        kind,
                        text(entry, "givenBy"),
                        document(entry),
                        Checklist.document(facts.documents(), entry)
                                .map(ReferralPackage.Document::sha256)
                                .orElse(null),
                        day(entry, "takenOn"),
                        entry.get("pages") instanceof Integer pages ? pages : null,
                        flag(entry, "signed"),
                        flag(entry, "declaration"),
                        flag(entry, "backComplete")));
            });
        });
        return statements;
    }

    /** What has no list of its own, by item in the order of the checklist. */
    private Map<String, List<Map<String, Object>>> answers() {
        Map<String, List<Map<String, Object>>> answers = new LinkedHashMap<>();
        for (ReadinessItem item : ReadinessItem.values()) {
            if (!ELSEWHERE.contains(item) && !item.internal()) {
                List<Map<String, Object>> entries = entries(item).toList();
                if (!entries.isEmpty()) {
                    answers.put(item.code(), entries);
                }
            }
        }
        return answers;
    }

    private Stream<Map<String, Object>> entries(ReadinessItem item) {
        return facts.answers().stream().filter(fact -> fact.item() == item).flatMap(fact -> fact.entries().stream());
    }

    private static @Nullable String text(Map<String, Object> entry, String field) {
        return entry.get(field) instanceof String text ? text : null;
    }

    private static @Nullable Long document(Map<String, Object> entry) {
        return entry.get("document") instanceof Integer number ? Long.valueOf(number) : null;
    }

    private static @Nullable Boolean flag(Map<String, Object> entry, String field) {
        return entry.get(field) instanceof Boolean flag ? flag : null;
    }

    private static @Nullable LocalDate day(Map<String, Object> entry, String field) {
        String text = text(entry, field);
        return text == null ? null : LocalDate.parse(text);
    }

    private static boolean isMedia(Adjudication.Evidence evidence) {
        return switch (evidence.code()) {
            case PHOTO, BODY_WORN_CAMERA, CCTV -> true;
            case BAGGED_AND_TAGGED, OTHER -> false;
        };
    }

    private List<CaseNoteExtract> caseNotes(List<Person> persons) {
        Set<String> people = persons.stream()
                .flatMap(person -> Stream.ofNullable(person.prisonerNumber()))
                .map(PrisonerNumber::value)
                .collect(Collectors.toSet());
        return NoteExtracts.of(facts.caseNotes(), requested, suspectNumbers, people);
    }

    private static When when(LondonTime time) {
        return new When(time.text(), time.instant(), time.ambiguous());
    }

    private static String words(String text, @Nullable String more) {
        return more == null || more.isBlank() ? text : text + " (" + more.strip() + ")";
    }

    private static @Nullable String first(@Nullable String... texts) {
        for (String text : texts) {
            if (text != null && !text.isBlank()) {
                return text;
            }
        }
        return null;
    }

    private static <T> Comparator<T> by(Function<T, @Nullable String> key) {
        return comparing(key, nullsFirst(naturalOrder()));
    }

    /** A value that fits its rule, or else the text as it came. */
    private record Checked<T>(@Nullable T value, @Nullable String asReceived) {}

    private static boolean fits(String text, Function<String, ?> read) {
        return check(text, read).value() != null;
    }

    private static <T> Checked<T> check(@Nullable String text, Function<String, T> read) {
        if (text == null || text.isBlank()) {
            return new Checked<>(null, null);
        }
        try {
            return new Checked<>(read.apply(text), null);
        } catch (Rejected e) {
            return new Checked<>(null, text);
        }
    }
}
