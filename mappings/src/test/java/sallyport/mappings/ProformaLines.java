package sallyport.mappings;

import sallyport.mappings.proforma.Proforma;
import sallyport.mappings.proforma.Proforma.Block;
import sallyport.mappings.proforma.Proforma.Bullets;
import sallyport.mappings.proforma.Proforma.Facts;
import sallyport.mappings.proforma.Proforma.Notice;
import sallyport.mappings.proforma.Proforma.Subheading;
import sallyport.mappings.proforma.Proforma.Table;
import sallyport.mappings.proforma.Proforma.Text;

/** A proforma as lines that can be reviewed. */
final class ProformaLines {

    private ProformaLines() {}

    static String of(Proforma proforma) {
        StringBuilder lines = new StringBuilder();
        line(lines, proforma.title());
        line(lines, proforma.subject());
        line(
                lines,
                proforma.reference() + " | " + proforma.version() + " | " + proforma.marking() + " | "
                        + proforma.builtAt());
        proforma.sections().forEach(section -> {
            line(lines, "");
            line(lines, "# " + section.heading() + " {" + section.id() + "}");
            section.blocks().forEach(block -> block(lines, block));
        });
        return lines.toString();
    }

    private static void block(StringBuilder lines, Block block) {
        if (block instanceof Subheading subheading) {
            line(lines, "## " + subheading.text());
        } else if (block instanceof Text text) {
            line(lines, text.text());
        } else if (block instanceof Notice notice) {
            line(lines, "! " + notice.text());
        } else if (block instanceof Bullets bullets) {
            bullets.items().forEach(item -> line(lines, "- " + item));
        } else if (block instanceof Facts facts) {
            facts.facts().forEach(fact -> line(lines, fact.label() + ": " + fact.value()));
        } else if (block instanceof Table table) {
            line(lines, "| " + String.join(" | ", table.headers()));
            table.rows().forEach(row -> line(lines, "| " + String.join(" | ", row)));
        }
    }

    private static void line(StringBuilder lines, String line) {
        lines.append(line).append('\n');
    }
}
