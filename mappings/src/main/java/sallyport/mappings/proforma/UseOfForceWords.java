package sallyport.mappings.proforma;

import static sallyport.mappings.proforma.PlainWords.say;
import static sallyport.mappings.proforma.PlainWords.text;
import static sallyport.mappings.proforma.PlainWords.when;
import static sallyport.mappings.proforma.ProformaMapping.cell;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.proforma.Proforma.Block;
import sallyport.mappings.proforma.Proforma.Fact;
import sallyport.mappings.proforma.Proforma.Facts;
import sallyport.mappings.proforma.Proforma.Subheading;
import sallyport.mappings.proforma.Proforma.Table;
import sallyport.mappings.proforma.Proforma.Text;
import sallyport.mappings.useofforce.Reasons;

/** The use of force reports of a package, in words. What the tree lacks has no line. */
final class UseOfForceWords {

    private UseOfForceWords() {}

    static Stream<Block> of(JsonNode papers) {
        List<Block> blocks = new ArrayList<>();
        boolean statements = false;
        for (JsonNode paper : papers) {
            blocks.add(new Subheading(heading(paper)));
            List<Fact> facts = facts(paper);
            if (!facts.isEmpty()) {
                blocks.add(new Facts(facts));
            }
            List<List<String>> rows = new ArrayList<>();
            paper.path("statements").forEach(statement -> rows.add(row(statement)));
            if (!rows.isEmpty()) {
                blocks.add(new Table(List.of("Statement by", "State", "Submitted", "Additions"), rows));
                statements = true;
            }
        }
        if (statements) {
            blocks.add(new Text("The statements are with the prison: ask for those that are needed."));
        }
        return blocks.stream();
    }

    private static String heading(JsonNode paper) {
        String number = text(paper, "/reportId");
        String prisoner = text(paper, "/prisonerNumber");
        return (number == null ? "Report" : "Report " + number)
                + (prisoner == null ? ", force against somebody else" : ", force against " + prisoner);
    }

    private static List<Fact> facts(JsonNode paper) {
        List<Fact> facts = new ArrayList<>();
        add(facts, "Happened", when(paper.path("occurred")));
        add(facts, "Submitted", when(paper.path("submitted")));
        add(facts, "Every statement is there", said(paper, "/complete"));
        String main = text(paper, "/primaryReason");
        add(facts, "Main reason", main == null ? null : PlainWords.capital(Reasons.words(main)));
        add(facts, "Reasons", words(paper.path("reasons")));
        add(facts, "Planned", said(paper, "/planned"));
        add(facts, "Authorised by", text(paper, "/authorisedBy"));
        add(facts, "Force used by", listed(paper.path("staff")));
        add(facts, "Part of that prisoner in the incident", said(paper, "/prisonerRole"));
        add(facts, "Witnesses", witnesses(paper));
        add(facts, "Drawn or used", codes(paper.path("means")));
        add(facts, "Weapons seen", listed(paper.path("weapons")));
        add(facts, "The prisoner was injured", said(paper, "/prisonerInjured"));
        add(facts, "The prisoner went to hospital", said(paper, "/prisonerInHospital"));
        add(facts, "Form of injuries (F213) by", text(paper, "/injuryFormBy"));
        add(facts, "Staff who needed treatment", treated(paper.path("staffTreated")));
        return facts;
    }

    private static void add(List<Fact> facts, String label, @Nullable String value) {
        if (value != null) {
            facts.add(new Fact(label, value));
        }
    }

    private static List<String> row(JsonNode statement) {
        String state = text(statement, "/state");
        return List.of(
                cell(text(statement, "/author")),
                cell(state(state)),
                cell(when(statement.path("submitted"))),
                cell(text(statement, "/amendments")));
    }

    private static @Nullable String state(@Nullable String state) {
        return state == null
                ? null
                : switch (state) {
                    case "PENDING" -> "Awaited";
                    case "REMOVAL_REQUESTED" -> "There was to be one; its author asked to be taken out";
                    default -> say(state);
                };
    }

    private static @Nullable String witnesses(JsonNode paper) {
        String names = listed(paper.path("witnesses"));
        int named = paper.path("witnessesNamed").asInt();
        return names != null || named == 0 ? names : named + " named in the report; ask the prison who they are";
    }

    private static @Nullable String treated(JsonNode staff) {
        List<String> names = new ArrayList<>();
        for (JsonNode one : staff) {
            String name = text(one, "/name");
            if (name != null) {
                names.add(one.path("hospital").asBoolean() ? name + " (in hospital)" : name);
            }
        }
        return joined(names);
    }

    private static @Nullable String words(JsonNode codes) {
        List<String> words = new ArrayList<>();
        codes.forEach(code -> words.add(Reasons.words(code.asText())));
        String joined = joined(words);
        return joined == null ? null : PlainWords.capital(joined);
    }

    private static @Nullable String codes(JsonNode codes) {
        List<String> words = new ArrayList<>();
        codes.forEach(code -> words.add(say(code.asText())));
        return joined(words);
    }

    private static @Nullable String listed(JsonNode texts) {
        List<String> words = new ArrayList<>();
        texts.forEach(one -> words.add(one.asText()));
        return joined(words);
    }

    private static @Nullable String joined(List<String> words) {
        return words.isEmpty() ? null : String.join("; ", words);
    }

    private static @Nullable String said(JsonNode node, String pointer) {
        String code = text(node, pointer);
        return code == null ? null : say(code);
    }
}
