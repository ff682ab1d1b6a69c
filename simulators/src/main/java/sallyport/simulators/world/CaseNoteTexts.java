package sallyport.simulators.world;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import sallyport.simulators.journal.Json;

/** Case notes as the case note API serialises them: nulls left out. */
final class CaseNoteTexts {

    private record Kind(String type, String typeText, String subType, String subTypeText) {}

    private static final List<Kind> KINDS = List.of(
            new Kind("OBSERVE", "Observations", "SECURITY", "Security"),
            new Kind("OBSERVE", "Observations", "THREAT_ST", "Threats to Staff"),
            new Kind("OBSERVE", "Observations", "SEG UNIT", "Segregation Unit"),
            new Kind("NEG", "Negative Behaviour", "BEHAVEWARN", "Behaviour Warning"),
            new Kind("REPORT", "Report", "VIOLENCE RED", "Violence Reduction"),
            new Kind("KA", "Key Worker Activity", "KS", "Key Worker Session"));

    private CaseNoteTexts() {}

    static ObjectNode ordered(
            String prisonerNumber, String type, String subType, Instant occurred, boolean sensitive, Instant now) {
        Dice dice = Dice.of(now.getEpochSecond(), "ordered-note", now.getNano());
        long legacyId = 900_000_000L + dice.below(90_000_000);
        ObjectNode note = Json.object()
                .put("caseNoteId", dice.uuid7(now).toString())
                .put("offenderIdentifier", prisonerNumber)
                .put("type", type)
                .put("typeDescription", type)
                .put("subType", subType)
                .put("subTypeDescription", subType)
                .put("source", "OCNS")
                .put("creationDateTime", Times.local(now))
                .put("occurrenceDateTime", Times.minute(occurred))
                .put("authorName", "Author " + Canary.of('n', legacyId))
                .put("authorUserId", String.valueOf(legacyId))
                .put("authorUsername", Canary.of('n', legacyId).toUpperCase(Locale.ROOT) + "_GEN")
                .put("text", "Invented note, ordered. " + Canary.of('t', legacyId))
                .put("locationId", "MDI")
                .put("eventId", legacyId)
                .put("sensitive", sensitive);
        note.putArray("amendments");
        return note.put("systemGenerated", false).put("legacyId", legacyId);
    }

    static ObjectNode amended(ObjectNode note, Instant now) {
        note.withArray("/amendments")
                .addObject()
                .put("creationDateTime", Times.local(now))
                .put("authorUserName", note.get("authorUsername").asText())
                .put("authorName", note.get("authorName").asText())
                .put(
                        "additionalNoteText",
                        "A word more, ordered. " + note.get("legacyId").asLong())
                .put(
                        "id",
                        Dice.of(now.getEpochSecond(), "ordered-amendment", now.getNano())
                                .uuid7(now)
                                .toString());
        return note;
    }

    static ObjectNode note(Plan plan, int sequence, String prisonerNumber, Dice dice, Instant now) {
        Kind kind = dice.pick(KINDS);
        long legacyId = plan.index() * 10L + sequence;
        String username = Canary.of('n', legacyId).toUpperCase(Locale.ROOT) + "_GEN";
        ObjectNode note = Json.object()
                .put("caseNoteId", dice.uuid7(now).toString())
                .put("offenderIdentifier", prisonerNumber)
                .put("type", kind.type())
                .put("typeDescription", kind.typeText())
                .put("subType", kind.subType())
                .put("subTypeDescription", kind.subTypeText())
                .put("source", "OCNS")
                .put("creationDateTime", Times.local(now))
                .put("occurrenceDateTime", Times.minute(now.minusSeconds(60L * dice.below(180))))
                .put("authorName", "Author " + Canary.of('n', legacyId))
                .put("authorUserId", String.valueOf(400_000 + legacyId))
                .put("authorUsername", username)
                .put("text", "Invented note. Spoke about the events of the day. " + Reports.text(plan, 60 + sequence))
                .put("locationId", plan.location())
                .put("eventId", legacyId)
                .put("sensitive", dice.chance(0.1));
        note.putArray("amendments");
        if (dice.chance(0.2)) {
            note.withArray("/amendments")
                    .addObject()
                    .put("creationDateTime", Times.local(now))
                    .put("authorUserName", username)
                    .put("authorName", "Author " + Canary.of('n', legacyId))
                    .put("additionalNoteText", "A word more. " + Reports.text(plan, 70 + sequence))
                    .put("id", dice.uuid7(now).toString());
        }
        return note.put("systemGenerated", false).put("legacyId", legacyId);
    }
}
