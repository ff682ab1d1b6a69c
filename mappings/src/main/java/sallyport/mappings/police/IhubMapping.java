package sallyport.mappings.police;

import static sallyport.mappings.police.ReferralSummary.value;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.canonical.CanonicalJson;
import sallyport.mappings.canonical.Sha256;
import sallyport.mappings.disclosure.DisclosureProfile;
import sallyport.mappings.referral.PackageJson;
import sallyport.mappings.referral.ReferralPackage;

/**
 * A package as iHub's skeleton Standard Data Model: one JSON:API incident with submission, location and persons beside it, and the
 * canonical package as an attachment. Everything is taken from the package cut to the profile, so nothing else can leave.
 *
 * <p>What does not fit a limit of the model is shortened there and written in full in {@code submissionContent}. Never fails.
 */
public final class IhubMapping {

    static final int LONGEST_NAME = 35;
    static final int LONGEST_DESCRIPTION = 2000;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final ZoneId LONDON = ZoneId.of("Europe/London");

    private final JsonNode cut;
    private final String messageId;
    private final ObjectNode relationships = JSON.objectNode();
    private final ArrayNode included = JSON.arrayNode();
    private final Map<String, Integer> relationshipCounts = new HashMap<>();
    private final List<String> shortened = new ArrayList<>();

    private IhubMapping(JsonNode cut, String messageId) {
        this.cut = cut;
        this.messageId = messageId;
    }

    /**
     * @param profile of the destination {@code force}
     * @param messageId {@link MessageIds#packageMessageId}; every id in the document follows from it
     * @return compact UTF-8 JSON of media type {@code application/vnd.api+json}
     */
    public static byte[] render(ReferralPackage pkg, DisclosureProfile profile, IhubForce force, String messageId) {
        return new IhubMapping(profile.cut(PackageJson.tree(pkg)), messageId).document(pkg, force);
    }

    private byte[] document(ReferralPackage pkg, IhubForce force) {
        ObjectNode attributes = incident();
        location();
        persons("persons", "person");
        persons("staff", "staff");
        attachment();
        submission(pkg, force);

        ObjectNode data = JSON.objectNode();
        data.put("id", id("incident"));
        data.put("type", "incident");
        data.set("attributes", attributes);
        data.set("relationships", relationships);
        ObjectNode document = JSON.objectNode();
        document.set("data", data);
        document.set("included", included);
        return CanonicalJson.write(document);
    }

    private ObjectNode incident() {
        ObjectNode attributes = JSON.objectNode();
        String occurred = value(cut, "/incident/occurred/instant");
        if (occurred != null) {
            attributes
                    .putObject("incidentStartDateTime")
                    .put("dateFrom", occurred)
                    .put("dateTo", occurred);
            attributes.put(
                    "incidentExactTimeKnown",
                    !cut.at("/incident/occurred/ambiguous").asBoolean());
        }
        String title = value(cut, "/incident/title");
        String description = value(cut, "/incident/description");
        String words = Stream.of(title, description).filter(Objects::nonNull).collect(Collectors.joining("\n\n"));
        if (!words.isEmpty()) {
            attributes.put("incidentDescription", words);
        }
        return attributes;
    }

    private void location() {
        ObjectNode attributes = JSON.objectNode();
        put(attributes, "premisesName", value(cut, "/prison/name"));
        put(attributes, "locationReference", value(cut, "/prison/id"));
        String place = Stream.of(cut.at("/incident/place"))
                .flatMap(places -> stream(places).map(JsonNode::asText))
                .collect(Collectors.joining("; "));
        if (!place.isEmpty()) {
            attributes.put("locationDescription", shorten("Where", place, LONGEST_DESCRIPTION));
        }
        if (!attributes.isEmpty()) {
            include("incidentLocation", "location", "location", attributes);
        }
    }

    private void persons(String list, String name) {
        int number = 0;
        for (JsonNode person : cut.path(list)) {
            number++;
            String label = name + " " + number;
            ObjectNode attributes = JSON.objectNode();
            names(attributes, "givenName", label + " given name", value(person, "/firstName"));
            names(attributes, "middleName", label + " middle name", value(person, "/middleNames"));
            String surname = value(person, "/lastName");
            if (surname != null) {
                attributes.put("surname", shorten(label + " surname", surname, LONGEST_NAME));
            }
            String born = value(person, "/dateOfBirth");
            attributes.put("dateofBirthKnown", born != null);
            put(attributes, "dateOfBirth", born);
            String described = describe(person);
            if (!described.isEmpty()) {
                attributes.put("personDescription", shorten(label, described, LONGEST_DESCRIPTION));
            }
            include(relationship(list, value(person, "/role")), "person", list + number, attributes);
        }
    }

    /** A relationship of the model is one to one, so the second suspect is {@code suspect2}. */
    private String relationship(String list, @Nullable String role) {
        String word = role == null ? "involved" : role.toLowerCase(Locale.ROOT);
        String name = list.equals("staff")
                ? "staff" + word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1)
                : word;
        int count = relationshipCounts.merge(name, 1, Integer::sum);
        return count == 1 ? name : name + count;
    }

    private static String describe(JsonNode person) {
        List<String> parts = new ArrayList<>();
        describe(parts, "Role in the report", value(person, "/reportedRole"));
        describe(parts, "Prisoner number", value(person, "/prisonerNumber"));
        describe(parts, "Prisoner number as received", value(person, "/prisonerNumberAsReceived"));
        describe(parts, "PNC ID", value(person, "/pncId"));
        describe(parts, "CRO number", value(person, "/croNumber"));
        describe(parts, "Held at", value(person, "/prisonId"));
        describe(parts, "Location", value(person, "/location"));
        describe(parts, "Status", value(person, "/custodyStatus"));
        describe(parts, "Legal status", value(person, "/legalStatus"));
        describe(parts, "Release date", value(person, "/releaseDates/release"));
        describe(parts, "Comment", value(person, "/comment"));
        return String.join(". ", parts);
    }

    private static void describe(List<String> parts, String title, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            parts.add(title + ": " + value);
        }
    }

    private void attachment() {
        byte[] content = CanonicalJson.write(cut);
        ObjectNode attributes = JSON.objectNode();
        attributes.put("fileName", messageId + ".json");
        attributes.put("contentType", "application/json");
        attributes.put("size", content.length);
        attributes.put("sha256", Sha256.hex(content));
        attributes.put("content", content);
        include("attachment", "attachment", "attachment", attributes);
    }

    private void submission(ReferralPackage pkg, IhubForce force) {
        ObjectNode attributes = JSON.objectNode();
        attributes.put("externalReferenceId", messageId);
        attributes.put("forceIdentifier", force.forceIdentifier());
        attributes.put("brand", force.brand());
        attributes.put("category", "crime-in-prison-referral");
        attributes.put("categorySubcode", pkg.kind().name().toLowerCase(Locale.ROOT));
        attributes.put("submissionId", id("submission"));
        attributes.put(
                "submitTime",
                DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                        pkg.lineage().builtAt().truncatedTo(ChronoUnit.SECONDS).atZone(LONDON)));
        attributes.put("customerReferenceNumber", pkg.caseReference().value());
        attributes.put("submissionContent", ReferralSummary.of(cut, shortened));
        include("submission", "submission", "submission", attributes);
    }

    private void include(String relationship, String type, String name, ObjectNode attributes) {
        ObjectNode entity = included.addObject();
        entity.put("id", id(name)).put("type", type).set("attributes", attributes);
        relationships
                .putObject(relationship)
                .putObject("data")
                .put("id", id(name))
                .put("type", type);
    }

    private String id(String name) {
        return MessageIds.uuid(messageId + "/" + name).toString();
    }

    private void names(ObjectNode attributes, String field, String label, @Nullable String text) {
        if (text != null && !text.isEmpty()) {
            attributes.putArray(field).add(shorten(label, text, LONGEST_NAME));
        }
    }

    private String shorten(String label, String text, int longest) {
        if (text.codePointCount(0, text.length()) <= longest) {
            return text;
        }
        shortened.add(label + ": " + text);
        return text.substring(0, text.offsetByCodePoints(0, longest));
    }

    private static void put(ObjectNode attributes, String field, @Nullable String value) {
        if (value != null) {
            attributes.put(field, value);
        }
    }

    static String fullName(JsonNode person) {
        return Stream.of("/firstName", "/middleNames", "/lastName")
                .map(pointer -> value(person, pointer))
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" "));
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        List<JsonNode> entries = new ArrayList<>();
        list.forEach(entries::add);
        return entries.stream();
    }
}
