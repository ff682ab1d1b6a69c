package sallyport.mappings.proforma;

import static sallyport.mappings.proforma.PlainWords.date;
import static sallyport.mappings.proforma.PlainWords.say;
import static sallyport.mappings.proforma.PlainWords.text;
import static sallyport.mappings.proforma.PlainWords.when;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.Rejected;
import sallyport.mappings.adjudication.ChargeAlone;
import sallyport.mappings.casenote.Justification;
import sallyport.mappings.force.PrisonForce;
import sallyport.mappings.force.PrisonForces;
import sallyport.mappings.proforma.Proforma.Block;
import sallyport.mappings.proforma.Proforma.Bullets;
import sallyport.mappings.proforma.Proforma.Fact;
import sallyport.mappings.proforma.Proforma.Facts;
import sallyport.mappings.proforma.Proforma.Notice;
import sallyport.mappings.proforma.Proforma.Section;
import sallyport.mappings.proforma.Proforma.Subheading;
import sallyport.mappings.proforma.Proforma.Table;
import sallyport.mappings.proforma.Proforma.Text;
import sallyport.mappings.referral.FactField;
import sallyport.mappings.referral.FactForm;
import sallyport.mappings.referral.ReadinessItem;
import sallyport.mappings.triage.TriageWords;

/**
 * Puts a package into the words of the referral proforma. It reads the package as a tree, whole or cut to a disclosure profile, and
 * says nothing that the tree does not hold; what the tree lacks has no line. The same trees give the same document.
 */
public final class ProformaMapping {

    private static final TriageWords TRIAGE = TriageWords.ofTables();

    private static final int CELL = 2_000;

    /** The roles in the order of the document, with the heading of each. */
    private static final List<String[]> ROLES = List.of(
            new String[] {"SUSPECT", "Suspect"},
            new String[] {"VICTIM", "Victim"},
            new String[] {"WITNESS", "Witness"},
            new String[] {"SUBJECT", "Person it happened to"},
            new String[] {"INVOLVED", "Person involved"});

    private final JsonNode pkg;
    private final @Nullable JsonNode previous;
    private final List<Section> sections = new ArrayList<>();

    private ProformaMapping(JsonNode pkg, @Nullable JsonNode previous) {
        this.pkg = pkg;
        this.previous = previous;
    }

    /**
     * @param pkg a package, or what a disclosure profile leaves of it
     * @param previous the version before it, cut in the same way; absent for the first, and where it is kept no longer
     * @throws Rejected {@code schema-invalid} where even the reference, the version or the marking is not there
     */
    public static Proforma of(JsonNode pkg, @Nullable JsonNode previous) {
        return new ProformaMapping(pkg, previous).write();
    }

    private Proforma write() {
        String reference = required("/caseReference");
        String version = required("/version");
        String kind = required("/kind");
        String marking = say(required("/marking"));
        boolean withdrawal = kind.equals("WITHDRAWAL");
        if (withdrawal) {
            withdrawal();
        }
        summary(reference, version, kind);
        if (!withdrawal) {
            changes(version);
            incident();
            people();
            injuries();
            offences();
            grounds();
            evidence();
            section("Use of force", UseOfForceWords.of(pkg.path("useOfForce")));
            answers();
            adjudications();
            caseNotes();
            checklist();
        }
        contacts(reference, marking);
        lineage();
        return new Proforma(
                "Crime in prison referral " + reference + ", version " + version,
                (withdrawal ? "Withdrawal of a crime in prison referral" : "Crime in prison referral proforma")
                        + " from " + prison() + " to " + force() + ".",
                reference,
                version,
                marking,
                builtAt(),
                sections);
    }

    private Instant builtAt() {
        try {
            return Instant.parse(required("/lineage/builtAt"));
        } catch (DateTimeException e) {
            throw new Rejected("schema-invalid", "/lineage/builtAt");
        }
    }

    private void withdrawal() {
        var facts = new FactList();
        facts.add("Why", said("/withdrawal/reason"));
        facts.add("In words", text(pkg, "/withdrawal/explanation"));
        facts.add("Version that is withdrawn", text(pkg, "/withdrawal/withdrawsVersion"));
        facts.add("Incident number", text(pkg, "/withdrawal/incidentNumber"));
        section(
                "Withdrawal",
                Stream.concat(
                        Stream.of(new Notice(
                                "This referral is withdrawn. The prison no longer asks for an investigation.")),
                        facts.block()));
    }

    private void summary(String reference, String version, String kind) {
        var facts = new FactList();
        facts.add("Case reference", reference);
        facts.add("Version", version + " (" + say(kind).toLowerCase(Locale.ROOT) + ")");
        facts.add("Built", PlainWords.time(builtAt()));
        facts.add("Urgency", said("/grounds/urgency"));
        facts.add("From", prison());
        facts.add("To", force());
        facts.add("Incident", text(pkg, "/incident/title"));
        facts.add(ofChargeAlone() ? "Charge number" : "Incident number", text(pkg, "/incident/number"));
        facts.add("Happened", when(pkg.at("/incident/occurred")));
        facts.add("Suspects", names("SUSPECT"));
        facts.add("Victims", names("VICTIM"));
        facts.add("Offences proposed", joined(entries("proposedOffences").map(offence -> text(offence, "/title"))));
        facts.add("Adjudications", joined(entries("adjudications").map(charge -> text(charge, "/chargeNumber"))));
        section("Summary and references", facts.block());
    }

    private void changes(String version) {
        if (version.equals("1")) {
            return;
        }
        if (previous == null) {
            section(
                    "What changed",
                    Stream.of(new Text(
                            "The version before this one is not kept any more; what changed cannot be shown.")));
            return;
        }
        List<List<String>> rows = ProformaChanges.between(previous, pkg);
        section(
                "What changed",
                rows.isEmpty()
                        ? Stream.of(new Text("Nothing in what this document shows."))
                        : Stream.of(
                                new Text("Since version " + text(previous, "/version") + ":"),
                                new Table(List.of("What", "Before", "Now"), rows)));
    }

    private void incident() {
        JsonNode incident = pkg.path("incident");
        var facts = new FactList();
        facts.add("What it is", text(incident, "/title"));
        facts.add("Type in the prison's system", said("/incident/type"));
        facts.add("Happened", when(incident.path("occurred")));
        facts.add("Reported", when(incident.path("reported")));
        facts.add("Where", joined(values(incident.path("place"))));
        List<Block> blocks = new ArrayList<>(facts.block().toList());
        if (ofChargeAlone()) {
            blocks.add(0, new Notice(ChargeAlone.NO_REPORT + " What follows is what the charge says."));
        }
        String description = text(incident, "/description");
        if (description != null) {
            blocks.add(new Subheading("What happened, as the prison wrote it"));
            blocks.add(new Text(description));
        }
        for (JsonNode addendum : incident.path("addendums")) {
            String written = when(addendum.path("written"));
            blocks.add(new Subheading(written == null ? "Added" : "Added on " + written));
            String added = text(addendum, "/text");
            if (added != null) {
                blocks.add(new Text(added));
            }
        }
        section("Incident", blocks.stream());
    }

    private boolean ofChargeAlone() {
        return ChargeAlone.isType(text(pkg, "/incident/type"));
    }

    private void people() {
        List<Block> blocks = new ArrayList<>();
        for (String[] role : ROLES) {
            List<JsonNode> persons = withRole("persons", role[0]).toList();
            List<JsonNode> staff = withRole("staff", role[0]).toList();
            int number = 0;
            boolean several = persons.size() + staff.size() > 1;
            for (JsonNode person : persons) {
                number++;
                blocks.add(new Subheading(heading(role[1], several, number) + named(person)));
                person(person).forEach(blocks::add);
            }
            for (JsonNode member : staff) {
                number++;
                blocks.add(new Subheading(heading(role[1], several, number) + named(member) + ", member of staff"));
                var facts = new FactList();
                facts.add("Part, as reported", said(member, "/reportedRole"));
                facts.add("User name", text(member, "/username"));
                facts.add("Comment", text(member, "/comment"));
                facts.block().forEach(blocks::add);
            }
        }
        if (blocks.isEmpty()) {
            blocks.add(new Text("The report names nobody."));
        }
        section("People", blocks.stream());
    }

    private static String heading(String role, boolean several, int number) {
        return (several ? role + " " + number : role) + ": ";
    }

    private Stream<Block> person(JsonNode person) {
        var facts = new FactList();
        facts.add("Prisoner number", text(person, "/prisonerNumber"));
        facts.add("Number as reported", warned(text(person, "/prisonerNumberAsReceived"), "is no prisoner number"));
        facts.add("Date of birth", dated(person, "/dateOfBirth"));
        facts.add("PNC ID", text(person, "/pncId"));
        facts.add(
                "PNC ID as received",
                warned(text(person, "/pncIdAsReceived"), "fails its check: do not use it as one"));
        facts.add("CRO number", text(person, "/croNumber"));
        facts.add(
                "CRO number as received",
                warned(text(person, "/croNumberAsReceived"), "fails its check: do not use it as one"));
        facts.add("Also known as", joined(stream(person.path("aliases")).map(ProformaMapping::alias)));
        facts.add(
                "Other numbers", joined(stream(person.path("otherIdentifiers")).map(ProformaMapping::otherNumber)));
        facts.add("Prison at the time", prisonNow(person));
        facts.add("Location at the time", text(person, "/location"));
        facts.add("Custody", said(person, "/custodyStatus"));
        facts.add("Legal status", said(person, "/legalStatus"));
        facts.add("Recalled to prison", said(person, "/recall"));
        facts.add("Indeterminate sentence", said(person, "/indeterminateSentence"));
        facts.add(
                "Release and sentence dates",
                person.path("releaseDates").isObject()
                        ? "As the prison's record had them when this was built, " + PlainWords.time(builtAt())
                        : null);
        facts.add("Earliest release", dated(person, "/releaseDates/earliest"));
        facts.add("Release", dated(person, "/releaseDates/release"));
        facts.add("Confirmed release", dated(person, "/releaseDates/confirmedRelease"));
        facts.add("Conditional release", dated(person, "/releaseDates/conditionalRelease"));
        facts.add("Automatic release", dated(person, "/releaseDates/automaticRelease"));
        facts.add("Release after recall", dated(person, "/releaseDates/postRecallRelease"));
        facts.add("Home detention curfew", dated(person, "/releaseDates/homeDetentionCurfew"));
        facts.add("End of sentence", dated(person, "/releaseDates/sentenceExpiry"));
        facts.add("Start of sentence", dated(person, "/releaseDates/sentenceStart"));
        facts.add("End of licence", dated(person, "/releaseDates/licenceExpiry"));
        facts.add("May be paroled from", dated(person, "/releaseDates/paroleEligibility"));
        facts.add(
                "May be on home detention curfew from", dated(person, "/releaseDates/homeDetentionCurfewEligibility"));
        facts.add("Tariff ends", dated(person, "/releaseDates/tariff"));
        facts.add("Interpreter asked for", joined(values(person.path("interpreterLanguages"))));
        facts.add("Part, as reported", said(person, "/reportedRole"));
        facts.add("What became of it in the prison", said(person, "/outcome"));
        facts.add("Comment", text(person, "/comment"));
        Stream<Block> block = facts.block();
        return person.path("knownToPrisonerSearch").asBoolean(true)
                ? block
                : Stream.concat(
                        Stream.of(new Notice(
                                "Not known to the prison's person record: the report's own words, unconfirmed.")),
                        block);
    }

    private static String otherNumber(JsonNode other) {
        String number = text(other, "/type") + " " + text(other, "/value");
        String valid = text(other, "/valid");
        return valid == null
                ? number + " (not checked)"
                : valid.equals("true") ? number : number + " (as received: fails its check, do not use it as one)";
    }

    private static String alias(JsonNode alias) {
        String born = dated(alias, "/dateOfBirth");
        String names = named(alias);
        return born == null ? names : names + ", born " + born;
    }

    private void injuries() {
        table(
                "Injuries",
                entries("injuries"),
                List.of("Question", "Answer", "Comment"),
                injury -> List.of(
                        cell(sentence(text(injury, "/question"))),
                        cell(sentence(text(injury, "/answer"))),
                        cell(text(injury, "/comment"))),
                "The report says whose injury it is only in its text.");
    }

    private void offences() {
        table(
                "Proposed offences",
                entries("proposedOffences"),
                OffenceWords.COLUMNS,
                OffenceWords::row,
                (ofChargeAlone()
                                ? "Proposed from the paragraph of the charge."
                                : "Proposed from the answers in the report.")
                        + " The police and the CPS decide.");
    }

    private void grounds() {
        JsonNode grounds = pkg.path("grounds");
        List<Block> blocks = new ArrayList<>();
        var facts = new FactList();
        facts.add("Verdict", said("/grounds/verdict"));
        facts.add("The prison has decided to refer it", said("/grounds/prisonDecided"));
        facts.add("Connected to terrorism", said("/grounds/terrorismConnected"));
        facts.block().forEach(blocks::add);
        criteria(blocks, "Criteria of CiPRA Annex A that are met", grounds.path("criteria"));
        criteria(blocks, "Factors of CiPRA Annex D that weigh towards it", grounds.path("aggravating"));
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode reason : grounds.path("reasons")) {
            rows.add(List.of(
                    cell(text(reason, "/explanation")),
                    cell(sentence(text(reason, "/question"))),
                    cell(sentence(text(reason, "/answer"))),
                    cell(text(reason, "/ruleId"))));
        }
        if (!rows.isEmpty()) {
            blocks.add(new Subheading("What led there"));
            blocks.add(new Table(List.of("Why", "Question in the report", "Answer", "Rule"), rows));
        }
        List<String> series = SeriesWords.sentences(grounds.path("series"));
        if (!series.isEmpty()) {
            blocks.add(new Subheading("Other cases of the same kind that the force has"));
            blocks.add(new Bullets(series));
        }
        section("Why it is referred", blocks.stream());
    }

    private static void criteria(List<Block> blocks, String heading, JsonNode codes) {
        List<String> words = values(codes)
                .map(code -> TRIAGE.criterion(code).orElse(say(code)))
                .toList();
        if (!words.isEmpty()) {
            blocks.add(new Subheading(heading));
            blocks.add(new Bullets(words));
        }
    }

    private void evidence() {
        List<Block> blocks = new ArrayList<>();
        rows(
                blocks,
                "Exhibits",
                entries("exhibits"),
                List.of(
                        "Exhibit",
                        "Kind",
                        "Seal or tag",
                        "Number and producer",
                        "Where it is",
                        "As listed (MG12)",
                        "From"),
                exhibit -> List.of(
                        cell(text(exhibit, "/description")),
                        cell(said(exhibit, "/kind")),
                        cell(text(exhibit, "/reference")),
                        cell(joined(Stream.of(text(exhibit, "/exhibit"), text(exhibit, "/producedBy")))),
                        cell(text(exhibit, "/location")),
                        cell(listed(exhibit)),
                        cell(from(exhibit))));
        rows(
                blocks,
                "Footage, sound and photographs",
                entries("media"),
                List.of("What", "Description", "Reference", "From", "State", "Kept until"),
                media -> List.of(
                        cell(said(media, "/kind")),
                        cell(text(media, "/description")),
                        cell(text(media, "/reference")),
                        cell(from(media)),
                        cell(joined(Stream.of(
                                said(media, "/evidence"), text(media, "/handedTo"), dated(media, "/handedOn")))),
                        cell(keptUntil(media))));
        rows(
                blocks,
                "Statements",
                entries("statements"),
                List.of("Statement", "Given by", "Taken on", "Pages", "Signed", "Declaration", "Document and SHA-256"),
                statement -> List.of(
                        cell(text(statement, "/kind")),
                        cell(text(statement, "/givenBy")),
                        cell(dated(statement, "/takenOn")),
                        cell(text(statement, "/pages")),
                        cell(said(statement, "/signed")),
                        cell(said(statement, "/declaration")),
                        cell(joined(Stream.of(
                                text(statement, "/id"), documentOf(statement), text(statement, "/sha256"))))));
        section("Evidence", blocks.stream());
    }

    private static @Nullable String listed(JsonNode exhibit) {
        String attached = text(exhibit, "/attached");
        String reference = text(exhibit, "/policeReference");
        String completed = dated(exhibit, "/completedOn");
        return joined(Stream.of(
                said(exhibit, "/copy"),
                attached == null ? null : attached.equals("true") ? "attached" : "not attached",
                reference == null ? null : "police property " + reference,
                completed == null ? null : "listed on " + completed));
    }

    private static @Nullable String documentOf(JsonNode statement) {
        String number = text(statement, "/document");
        return number == null
                ? null
                : "document " + number
                        + (text(statement, "/sha256") == null ? ", which is not among the documents" : "");
    }

    private static @Nullable String keptUntil(JsonNode media) {
        String asked = dated(media, "/askedToKeepOn");
        return joined(Stream.of(
                "POLICY".equals(text(media, "/keptUntilBy"))
                        ? warned(dated(media, "/keptUntil"), "nobody has said: the hub's own reckoning")
                        : dated(media, "/keptUntil"),
                asked == null ? null : "asked on " + asked + " to keep it"));
    }

    private static @Nullable String from(JsonNode entry) {
        String charge = text(entry, "/chargeNumber");
        String source = text(entry, "/source");
        if (source == null) {
            return charge;
        }
        String words =
                switch (source) {
                    case "INCIDENT" -> "Incident report";
                    case "PERSON" -> "Said by a person";
                    default -> say(source);
                };
        return charge == null ? words : words + " " + charge;
    }

    /** What no system holds and people said, in the order of the checklist. */
    private void answers() {
        List<Block> blocks = new ArrayList<>();
        for (Map.Entry<String, JsonNode> item : pkg.path("answers").properties()) {
            int number = 0;
            for (JsonNode entry : item.getValue()) {
                number++;
                String title = title(item.getKey());
                blocks.add(new Subheading(item.getValue().size() == 1 ? title : title + ", " + number));
                var facts = new FactList();
                for (Map.Entry<String, JsonNode> field : entry.properties()) {
                    facts.add(
                            fieldTitle(item.getKey(), field.getKey()),
                            answered(item.getKey(), field.getKey(), field.getValue()));
                }
                facts.block().forEach(blocks::add);
            }
        }
        section("What people said", blocks.stream());
    }

    /** As the form asks for it. */
    private static String fieldTitle(String item, String field) {
        return asked(item, field).map(FactField::title).orElse(PlainWords.capital(PlainWords.name(field)));
    }

    /** Only what is chosen from a list is a code: what people write is shown as they wrote it. */
    static @Nullable String answered(String item, String field, JsonNode value) {
        String text = text(value, "");
        if (text == null) {
            return null;
        }
        boolean code = value.isBoolean()
                || asked(item, field)
                        .filter(asked -> asked.type() == FactField.Type.CHOICE)
                        .isPresent();
        return code ? say(text) : PlainWords.clock(date(text));
    }

    private static Optional<FactField> asked(String item, String field) {
        return FactForm.all().stream()
                .filter(form -> form.item().code().equals(item))
                .flatMap(form -> form.fields().stream())
                .filter(asked -> asked.name().equals(field))
                .findFirst();
    }

    private void adjudications() {
        section("Adjudications of the suspects", ChargeWords.of(pkg.path("adjudications")));
    }

    private void caseNotes() {
        section("Case notes of the suspects", notes(false));
        section("Case notes that a person asked for", notes(true));
    }

    private Stream<Block> notes(boolean requested) {
        List<Block> blocks = new ArrayList<>();
        for (JsonNode note : pkg.path("caseNotes")) {
            String why = text(note, "/requested");
            if (why == null == requested) {
                continue;
            }
            String about = joined(Stream.of(
                    when(note.path("occurred")),
                    text(note, "/prisonerNumber"),
                    text(note, "/type"),
                    text(note, "/subType")));
            blocks.add(new Subheading(about == null ? "Case note" : about));
            if (why != null) {
                blocks.add(new Text("Asked for because: "
                        + Justification.of(why).map(Justification::words).orElse(why) + "."));
            }
            if (note.path("sensitive").asBoolean()) {
                blocks.add(new Notice("Marked as sensitive by the prison."));
            }
            String written = text(note, "/text");
            if (written != null) {
                blocks.add(new Text(written));
            }
            List<String> amendments = values(note.path("amendments")).toList();
            if (!amendments.isEmpty()) {
                blocks.add(new Text("Added later:"));
                blocks.add(new Bullets(amendments));
            }
        }
        return blocks.stream();
    }

    private void checklist() {
        List<List<String>> rows = new ArrayList<>();
        // What is missing first: it is what somebody has to act on.
        for (String state : List.of("MISSING", "PRESENT", "NOT_APPLICABLE")) {
            entries("readiness")
                    .filter(item -> state.equals(text(item, "/state")))
                    .map(item -> List.of(cell(title(text(item, "/item"))), say(state), cell(text(item, "/note"))))
                    .forEach(rows::add);
        }
        section(
                "Evidence and readiness checklist",
                rows.isEmpty() ? Stream.of() : Stream.of(new Table(List.of("Item", "State", "Note"), rows)));
    }

    static @Nullable String title(@Nullable String code) {
        try {
            return code == null ? null : ReadinessItem.of(code).title();
        } catch (Rejected unknown) {
            return code;
        }
    }

    private void contacts(String reference, String marking) {
        var facts = new FactList();
        facts.add("Prison", prison());
        facts.add("Force", force());
        facts.add("Quote in every answer", reference);
        facts.add(
                "How to answer",
                "By the way this came, with the case reference: crime reference, officer in the case, and outcome.");
        facts.add("Intelligence", IntelligenceWords.sentence(pkg.path("intelligence")));
        facts.add(
                "Handling",
                marking
                        + " when completed. It holds personal data of people in custody, victims and witnesses, given"
                        + " for law enforcement purposes (Data Protection Act 2018, Part 3): for those who work on"
                        + " this case, and nobody else.");
        section("Contacts and handling", facts.block());
    }

    private void lineage() {
        var facts = new FactList();
        facts.add("Rules of triage", text(pkg, "/lineage/ruleVersion"));
        facts.add("Mappings", text(pkg, "/lineage/mappingVersion"));
        facts.add("Form", Proforma.VERSION);
        List<Block> blocks = new ArrayList<>(facts.block().toList());
        rows(
                blocks,
                "Records of the prison that this was made from",
                stream(pkg.at("/lineage/sources")),
                List.of("System", "Version", "SHA-256 of the bytes as received"),
                source -> List.of(
                        cell(joined(Stream.of(text(source, "/system"), text(source, "/recordId")))),
                        cell(text(source, "/version")),
                        cell(text(source, "/sha256"))));
        section("Where it comes from", blocks.stream());
    }

    private String prison() {
        String id = text(pkg, "/prison/id");
        String name = text(pkg, "/prison/name");
        if (name == null) {
            return id == null ? "a prison" : id;
        }
        return id == null ? name : name + ", " + id;
    }

    private static @Nullable String prisonNow(JsonNode person) {
        String id = text(person, "/prisonId");
        return id == null
                ? null
                : PrisonForces.suggestion(id)
                        .map(prison -> prison.prisonName() + ", " + id)
                        .orElse(id);
    }

    private String force() {
        String code = text(pkg, "/force");
        if (code == null) {
            return "a police force";
        }
        return PrisonForces.all().stream()
                .filter(prison -> prison.force().value().equals(code))
                .map(PrisonForce::forceName)
                .findFirst()
                .map(name -> name + " (force " + code + ")")
                .orElse("Force " + code);
    }

    private @Nullable String names(String role) {
        return joined(Stream.concat(withRole("persons", role), withRole("staff", role))
                .map(ProformaMapping::named));
    }

    private Stream<JsonNode> withRole(String list, String role) {
        return entries(list).filter(entry -> role.equals(text(entry, "/role")));
    }

    /** How a person is called: names, number, or at least that there is one. */
    static String named(JsonNode person) {
        List<String> names = Stream.of("/firstName", "/middleNames", "/lastName")
                .map(name -> text(person, name))
                .flatMap(Stream::ofNullable)
                .toList();
        String number = text(person, "/prisonerNumber");
        if (names.isEmpty()) {
            return number == null ? "not named" : number;
        }
        return String.join(" ", names) + (number == null ? "" : " (" + number + ")");
    }

    private String required(String pointer) {
        String value = text(pkg, pointer);
        if (value == null) {
            throw new Rejected("schema-invalid", pointer);
        }
        return value;
    }

    private @Nullable String said(String pointer) {
        return said(pkg, pointer);
    }

    private static @Nullable String said(JsonNode node, String pointer) {
        String code = text(node, pointer);
        return code == null ? null : say(code);
    }

    /** Questions and answers come in capitals from some families. */
    private static @Nullable String sentence(@Nullable String words) {
        return words == null || !words.equals(words.toUpperCase(Locale.ROOT))
                ? words
                : PlainWords.capital(words.toLowerCase(Locale.ROOT));
    }

    private static @Nullable String dated(JsonNode node, String pointer) {
        String text = text(node, pointer);
        return text == null ? null : date(text);
    }

    private static @Nullable String warned(@Nullable String text, String warning) {
        return text == null ? null : text + " (" + warning + ")";
    }

    /** A cell is a glance; what is longer says so and where the rest is. */
    static String cell(@Nullable String text) {
        if (text == null) {
            return "–";
        }
        return text.length() <= CELL
                ? text
                : text.substring(0, Character.isHighSurrogate(text.charAt(CELL - 1)) ? CELL - 1 : CELL)
                        + "… (shortened; all " + text.length() + " characters are in the package itself)";
    }

    private static @Nullable String joined(Stream<@Nullable String> parts) {
        List<String> present = parts.flatMap(Stream::ofNullable).toList();
        return present.isEmpty() ? null : String.join("; ", present);
    }

    private Stream<JsonNode> entries(String list) {
        return stream(pkg.path(list));
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        List<JsonNode> entries = new ArrayList<>();
        list.forEach(entries::add);
        return entries.stream();
    }

    private static Stream<@Nullable String> values(JsonNode list) {
        return stream(list).map(JsonNode::asText);
    }

    private void table(
            String heading,
            Stream<JsonNode> entries,
            List<String> headers,
            Function<JsonNode, List<String>> row,
            @Nullable String remark) {
        List<List<String>> rows = entries.map(row).toList();
        if (!rows.isEmpty()) {
            section(
                    heading,
                    Stream.concat(
                            Stream.of(new Table(headers, rows)),
                            Stream.ofNullable(remark).map(Text::new)));
        }
    }

    private static void rows(
            List<Block> blocks,
            String heading,
            Stream<JsonNode> entries,
            List<String> headers,
            Function<JsonNode, List<String>> row) {
        List<List<String>> rows = entries.map(row).toList();
        if (!rows.isEmpty()) {
            blocks.add(new Subheading(heading));
            blocks.add(new Table(headers, rows));
        }
    }

    /** A section with nothing in it is left out. */
    private void section(String heading, Stream<? extends Block> blocks) {
        List<Block> present = new ArrayList<>(blocks.toList());
        if (!present.isEmpty()) {
            sections.add(new Section(heading, present));
        }
    }

    private static final class FactList {

        private final List<Fact> facts = new ArrayList<>();

        void add(String label, @Nullable String value) {
            if (value != null) {
                facts.add(new Fact(label, value));
            }
        }

        Stream<Block> block() {
            return facts.isEmpty() ? Stream.of() : Stream.of(new Facts(facts));
        }
    }
}
