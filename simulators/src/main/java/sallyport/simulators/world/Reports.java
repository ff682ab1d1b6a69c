package sallyport.simulators.world;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sallyport.simulators.journal.Json;

/**
 * Incident reports as the incident reporting API serialises them: every field of its contract, nulls included. Each step gives a
 * new tree and leaves the old one alone.
 */
final class Reports {

    private Reports() {}

    static ObjectNode draft(Plan plan, String id, Instant now) {
        Instant happened = now.minus(plan.ago());
        String happenedText = plan.oddity() == Oddity.REPEATED_HOUR ? Times.repeatedHour(now) : Times.minute(happened);
        String reporter = username(plan, 'r');
        ObjectNode report = Json.object()
                .put("id", id)
                .put("reportReference", plan.reference())
                .put(
                        "type",
                        plan.oddity() == Oddity.UNKNOWN_TYPE
                                ? "TELEPORT_1"
                                : plan.scenario().type())
                .put("incidentDateAndTime", happenedText);
        if (plan.oddity() != Oddity.MISSING_LOCATION) {
            report.put("location", plan.location());
        }
        report.put("title", plan.scenario().title() + " (" + text(plan, 1) + ")")
                .put("description", description(plan))
                .put("reportedBy", reporter)
                .put("reportedAt", Times.local(now))
                .put("status", "DRAFT")
                .put("createdAt", Times.local(now))
                .put("modifiedAt", Times.local(now))
                .put("modifiedBy", reporter)
                .put("createdInNomis", false)
                .put("lastModifiedInNomis", false)
                .putNull("duplicatedReportId")
                .putNull("latestUserAction");
        report.putArray("descriptionAddendums");
        report.putArray("questions");
        report.putArray("history");
        report.putArray("historyOfStatuses");
        report.putArray("incidentTypeHistory");
        report.putArray("staffInvolved");
        report.putArray("prisonersInvolved");
        report.putArray("correctionRequests");
        report.put("staffInvolvementDone", false)
                .put("prisonerInvolvementDone", false)
                .putNull("nomisType")
                .putNull("nomisStatus");
        return statusChanged(report, "DRAFT", reporter, now);
    }

    private static String description(Plan plan) {
        String text = "Invented report. At about the time stated staff responded to "
                + plan.scenario().title().toLowerCase(Locale.ROOT) + ". " + text(plan, 2)
                + ". The area was made safe and those involved were seen by healthcare.";
        return plan.oddity() == Oddity.NUL_IN_TEXT ? text + " Scanned\u0000note\u0001 follows." : text;
    }

    static ObjectNode peopleAndAnswers(ObjectNode before, Plan plan, Instant now) {
        ObjectNode report = before.deepCopy();
        String author = report.get("reportedBy").asText();
        ArrayNode prisoners = report.putArray("prisonersInvolved");
        for (Prisoner suspect : plan.suspects()) {
            String role = plan.oddity() == Oddity.UNKNOWN_ROLE
                    ? "RINGMASTER"
                    : plan.scenario().suspectRole();
            prisoners.add(involved(plan, prisoners.size(), suspect, role));
        }
        String victimRole = plan.scenario().victimRole();
        Prisoner victim = plan.victim();
        if (victimRole != null && victim != null) {
            prisoners.add(involved(plan, prisoners.size(), victim, victimRole));
        }
        report.putArray("staffInvolved")
                .addObject()
                .put("sequence", 0)
                .put("staffUsername", username(plan, 's'))
                .put("firstName", "Wynn-" + Canary.of('s', plan.index() * 2L))
                .put("lastName", "Officer-" + Canary.of('s', plan.index() * 2L + 1))
                .put("staffRole", plan.scenario().staffRole())
                .put("comment", "On duty. " + text(plan, 4));
        answers(report, plan, author, now);
        if (plan.oddity() == Oddity.WRONG_SHAPE) {
            report.put("questions", "see attached");
        }
        return touched(report.put("staffInvolvementDone", true).put("prisonerInvolvementDone", true), author, now);
    }

    private static ObjectNode involved(Plan plan, int sequence, Prisoner prisoner, String role) {
        return Json.object()
                .put("sequence", sequence)
                .put("prisonerNumber", prisoner.number())
                .put("firstName", prisoner.firstName())
                .put("lastName", prisoner.lastName())
                .put("prisonerRole", role)
                .put("outcome", plan.scenario().placedOnReport() ? "PLACED_ON_REPORT" : null)
                .put("comment", "Seen after the event. " + text(plan, 5 + sequence));
    }

    private static void answers(ObjectNode report, Plan plan, String author, Instant now) {
        ArrayNode questions = report.putArray("questions");
        for (Map.Entry<String, List<String>> answer : plan.scenario().answers().entrySet()) {
            ArrayNode responses = Json.array();
            ObjectNode question = Json.object().put("code", answer.getKey());
            for (String code : answer.getValue()) {
                Questions.Wording wording = Questions.wording(plan.scenario().type(), answer.getKey(), code);
                question.put("question", wording.question()).put("label", wording.questionLabel());
                responses.add(Json.object()
                        .put("code", code)
                        .put("response", wording.answer())
                        .put("label", wording.answerLabel())
                        .put("sequence", responses.size())
                        .put("responseDate", wording.date() ? Times.date(now) : null)
                        .put("additionalInformation", wording.comment() ? text(plan, 20 + questions.size()) : null)
                        .put("recordedBy", author)
                        .put("recordedAt", Times.local(now)));
            }
            question.put("sequence", questions.size()).set("responses", responses);
            questions.add(question.putNull("additionalInformation"));
        }
    }

    static ObjectNode status(ObjectNode before, String status, @Nullable String userAction, Instant now) {
        ObjectNode report = before.deepCopy().put("status", status).put("latestUserAction", userAction);
        return statusChanged(report, status, report.get("reportedBy").asText(), now);
    }

    private static ObjectNode statusChanged(ObjectNode report, String status, String by, Instant now) {
        report.withArray("/historyOfStatuses")
                .addObject()
                .put("status", status)
                .putNull("nomisStatus")
                .put("changedAt", Times.local(now))
                .put("changedBy", by);
        return touched(report, by, now);
    }

    static ObjectNode duplicateOf(ObjectNode before, String original, Instant now) {
        return status(before, "DUPLICATE", "MARK_DUPLICATE", now).put("duplicatedReportId", original);
    }

    static ObjectNode describedAs(ObjectNode before, String description, Instant now) {
        return touched(before.deepCopy().put("description", description), by(before), now);
    }

    /** People and answers go, staff stay: so does the real service. */
    static ObjectNode retyped(ObjectNode before, String type, Instant now) {
        ObjectNode report = before.deepCopy();
        String by = by(before);
        report.withArray("/incidentTypeHistory")
                .addObject()
                .put("type", before.get("type").asText())
                .put("changedAt", Times.local(now))
                .put("changedBy", by);
        report.withArray("/history")
                .addObject()
                .put("type", before.get("type").asText())
                .putNull("nomisType")
                .put("changedAt", Times.local(now))
                .put("changedBy", by)
                .set("questions", before.get("questions").deepCopy());
        report.put("type", type).putArray("questions");
        report.putArray("prisonersInvolved");
        return touched(report.put("prisonerInvolvementDone", false), by, now);
    }

    static ObjectNode addendum(ObjectNode before, Plan plan, Instant now) {
        ObjectNode report = before.deepCopy();
        ArrayNode addendums = report.withArray("/descriptionAddendums");
        int sequence = addendums.size();
        addendums
                .addObject()
                .put("sequence", sequence)
                .put("createdBy", username(plan, 's'))
                .put("createdAt", Times.local(now))
                .put("firstName", "Wynn-" + Canary.of('s', plan.index() * 2L))
                .put("lastName", "Officer-" + Canary.of('s', plan.index() * 2L + 1))
                .put("text", "A later account was taken. " + text(plan, 90));
        return touched(report, by(before), now);
    }

    static ObjectNode renumbered(ObjectNode before, String removed, String kept, Instant now) {
        ObjectNode report = before.deepCopy();
        report.withArray("/prisonersInvolved").forEach(involved -> {
            if (involved.path("prisonerNumber").asText().equals(removed)) {
                ((ObjectNode) involved).put("prisonerNumber", kept);
            }
        });
        return touched(report, "INCIDENT_REPORTING_API", now);
    }

    private static ObjectNode touched(ObjectNode report, String by, Instant now) {
        return report.put("modifiedAt", Times.local(now)).put("modifiedBy", by);
    }

    private static String by(ObjectNode report) {
        return report.get("reportedBy").asText();
    }

    static String username(Plan plan, char kind) {
        return Canary.of(kind, plan.index()).toUpperCase(Locale.ROOT) + "_GEN";
    }

    static String text(Plan plan, int position) {
        return Canary.of('t', plan.index() * 100L + position);
    }
}
