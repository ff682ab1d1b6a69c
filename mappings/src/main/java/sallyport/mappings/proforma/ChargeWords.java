package sallyport.mappings.proforma;

import static sallyport.mappings.proforma.PlainWords.say;
import static sallyport.mappings.proforma.PlainWords.text;
import static sallyport.mappings.proforma.PlainWords.when;
import static sallyport.mappings.proforma.ProformaMapping.cell;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.proforma.Proforma.Block;
import sallyport.mappings.proforma.Proforma.Subheading;
import sallyport.mappings.proforma.Proforma.Table;

/** The charges of a package in words: those of this incident first, then what is history; their hearings, damage and witnesses below. */
final class ChargeWords {

    private static final List<String> CHARGE =
            List.of("Charge", "Prisoner", "Paragraph", "Happened", "Stands", "Outcomes", "Evidence listed");

    private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,15}(?:[.][0-9]{1,6})?");

    private static final int PENCE = 2;

    private ChargeWords() {}

    static Stream<Block> of(JsonNode charges) {
        List<Block> blocks = new ArrayList<>();
        table(blocks, "Of this incident", CHARGE, rows(charges, "THIS_INCIDENT"));
        table(blocks, "May be of this incident: nobody has said", CHARGE, rows(charges, "MAY_BE_THIS_INCIDENT"));
        table(blocks, "History", CHARGE, rows(charges, "HISTORY"));
        table(blocks, null, CHARGE, rows(charges, null));
        table(
                blocks,
                "Hearings",
                List.of("Charge", "Held", "Heard by", "Ended"),
                each(
                        charges,
                        "hearings",
                        hearing -> List.of(
                                cell(when(hearing.path("held"))),
                                cell(said(hearing, "/type")),
                                cell(said(hearing, "/outcome")))));
        table(
                blocks,
                "Damage",
                List.of("Charge", "What was needed", "Details", "Cost of the repair"),
                each(
                        charges,
                        "damages",
                        damage -> List.of(
                                cell(said(damage, "/kind")),
                                cell(text(damage, "/details")),
                                cell(pounds(text(damage, "/repairCost"))))));
        table(
                blocks,
                "Witnesses that a charge lists",
                List.of("Charge", "Who", "Name", "Comment"),
                each(
                        charges,
                        "witnesses",
                        witness -> List.of(
                                cell(said(witness, "/kind")),
                                cell(joined(text(witness, "/firstName"), text(witness, "/lastName"))),
                                cell(text(witness, "/comment")))));
        return blocks.stream();
    }

    private static List<List<String>> rows(JsonNode charges, @Nullable String concerns) {
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode charge : charges) {
            String said = text(charge, "/concerns");
            if (concerns == null ? said == null : concerns.equals(said)) {
                rows.add(List.of(
                        cell(text(charge, "/chargeNumber")),
                        cell(text(charge, "/prisonerNumber")),
                        cell(listed(Stream.of(text(charge, "/paragraph"), text(charge, "/paragraphText")))),
                        cell(when(charge.path("occurred"))),
                        cell(said(charge, "/status")),
                        cell(listed(values(charge.path("outcomes")).map(PlainWords::say))),
                        cell(listed(values(charge.path("evidence"))))));
            }
        }
        return rows;
    }

    private static List<List<String>> each(JsonNode charges, String list, Function<JsonNode, List<String>> row) {
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode charge : charges) {
            for (JsonNode entry : charge.path(list)) {
                List<String> cells = new ArrayList<>(List.of(cell(text(charge, "/chargeNumber"))));
                cells.addAll(row.apply(entry));
                rows.add(cells);
            }
        }
        return rows;
    }

    private static void table(
            List<Block> blocks, @Nullable String heading, List<String> headers, List<List<String>> rows) {
        if (!rows.isEmpty()) {
            if (heading != null) {
                blocks.add(new Subheading(heading));
            }
            blocks.add(new Table(headers, rows));
        }
    }

    private static Stream<String> values(JsonNode list) {
        List<String> values = new ArrayList<>();
        list.forEach(value -> values.add(value.asText()));
        return values.stream();
    }

    private static @Nullable String listed(Stream<@Nullable String> parts) {
        List<String> present = parts.flatMap(Stream::ofNullable).toList();
        return present.isEmpty() ? null : String.join("; ", present);
    }

    /** {@code 12.5} as {@code £12.50}; what is no amount stays. */
    private static @Nullable String pounds(@Nullable String amount) {
        if (amount == null || !AMOUNT.matcher(amount).matches()) {
            return amount;
        }
        BigDecimal cost = new BigDecimal(amount);
        return "£" + (cost.scale() > PENCE ? cost : cost.setScale(PENCE)).toPlainString();
    }

    private static @Nullable String joined(@Nullable String first, @Nullable String last) {
        return first == null ? last : last == null ? first : first + " " + last;
    }

    private static @Nullable String said(JsonNode node, String pointer) {
        String code = text(node, pointer);
        return code == null ? null : say(code);
    }
}
