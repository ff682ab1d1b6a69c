package sallyport.mappings.police;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.adjudication.ChargeAlone;

/** A package in plain words for whoever opens it in a mailbox or a force's case system. Written from the cut tree: it says nothing that the profile withholds. */
final class ReferralSummary {

    private final StringBuilder text = new StringBuilder();

    private ReferralSummary() {}

    static String of(JsonNode cut, List<String> shortened) {
        ReferralSummary summary = new ReferralSummary();
        summary.write(cut);
        if (!shortened.isEmpty()) {
            summary.heading("Written in full, because the form above is too short for it");
            shortened.forEach(summary::item);
        }
        return summary.text.toString();
    }

    private void write(JsonNode cut) {
        line(join(": ", "Crime in prison referral", value(cut, "/caseReference")));
        field("Marking", value(cut, "/marking"));
        field("Version", join(", ", value(cut, "/version"), value(cut, "/kind")));
        field("Prison", join(", ", value(cut, "/prison/name"), value(cut, "/prison/id")));
        boolean alone = ChargeAlone.isType(value(cut, "/incident/type"));
        if (alone) {
            line(ChargeAlone.NO_REPORT);
        }
        field(alone ? "Charge number" : "Incident number", value(cut, "/incident/number"));
        field("Incident", value(cut, "/incident/title"));
        field("When", value(cut, "/incident/occurred/text"));
        list("Where", cut.at("/incident/place"), JsonNode::asText);
        withdrawal(cut.path("withdrawal"));
        field("Urgency", value(cut, "/grounds/urgency"));
        field("Verdict", value(cut, "/grounds/verdict"));
        list("Criteria", cut.at("/grounds/criteria"), JsonNode::asText);
        list(
                "Reasons",
                cut.at("/grounds/reasons"),
                reason -> join(
                        " | ",
                        value(reason, "/explanation"),
                        join(": ", value(reason, "/question"), value(reason, "/answer"))));
        list("Aggravating", cut.at("/grounds/aggravating"), JsonNode::asText);
        list(
                "Series",
                cut.at("/grounds/series"),
                series -> join(
                        ", ",
                        value(series, "/kind"),
                        value(series, "/prisonerNumber"),
                        value(series, "/within"),
                        join(" ", texts(series.path("references")))));
        list(
                "Persons",
                cut.path("persons"),
                person -> join(
                        ", ",
                        value(person, "/role"),
                        IhubMapping.fullName(person),
                        value(person, "/prisonerNumber"),
                        value(person, "/prisonerNumberAsReceived")));
        list("Staff", cut.path("staff"), person -> join(", ", value(person, "/role"), IhubMapping.fullName(person)));
        list(
                "Proposed offences",
                cut.path("proposedOffences"),
                offence -> join(
                        " ",
                        value(offence, "/code"),
                        value(offence, "/title"),
                        "(proposed)",
                        chargeBy(value(offence, "/chargeBy"))));
        list("Footage", cut.path("media"), media -> join(", ", value(media, "/kind"), value(media, "/reference")));
        list(
                "Adjudications",
                cut.path("adjudications"),
                charge -> join(
                        ", ", value(charge, "/chargeNumber"), value(charge, "/paragraph"), value(charge, "/status")));
        List<String> missing = new ArrayList<>();
        for (JsonNode item : cut.path("readiness")) {
            if ("MISSING".equals(value(item, "/state"))) {
                missing.add(join(": ", value(item, "/item"), value(item, "/note")));
            }
        }
        if (!missing.isEmpty()) {
            heading("Still missing");
            missing.forEach(this::item);
        }
    }

    private static String[] texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toArray(String[]::new);
    }

    private static @Nullable String chargeBy(@Nullable String day) {
        return day == null ? null : "to be charged by " + day;
    }

    private void withdrawal(JsonNode withdrawal) {
        if (withdrawal.isObject()) {
            line("This referral is withdrawn.");
            field("Reason", value(withdrawal, "/reason"));
            field("Explanation", value(withdrawal, "/explanation"));
            field("Incident number", value(withdrawal, "/incidentNumber"));
        }
    }

    private interface Words {
        String of(JsonNode entry);
    }

    private void list(String title, JsonNode entries, Words words) {
        if (entries.isArray() && !entries.isEmpty()) {
            heading(title);
            entries.forEach(entry -> item(words.of(entry)));
        }
    }

    private void field(String title, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            line(title + ": " + value);
        }
    }

    private void heading(String title) {
        line(title + ":");
    }

    private void item(String words) {
        line("- " + words);
    }

    private void line(String words) {
        text.append(words).append('\n');
    }

    static @Nullable String value(JsonNode node, String pointer) {
        JsonNode value = node.at(pointer);
        return value.isMissingNode() || value.isNull() ? null : value.asText();
    }

    private static String join(String separator, @Nullable String... parts) {
        List<String> present = new ArrayList<>();
        for (String part : parts) {
            if (part != null && !part.isEmpty()) {
                present.add(part);
            }
        }
        return String.join(separator, present);
    }
}
