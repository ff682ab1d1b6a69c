package sallyport.mappings.proforma;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * A package as a document for people: headings, tables and text in reading order. It holds text and no markup, so nothing that was
 * written in a report can become anything but text in what is made of it.
 *
 * @param title names the document in lists and windows
 * @param subject one sentence on what it is, for catalogues and screen readers
 * @param reference the case reference
 * @param version of the package
 * @param marking as it stands at the head and foot of every page
 * @param builtAt when the package was built: the only time this document has
 */
public record Proforma(
        String title,
        String subject,
        String reference,
        String version,
        String marking,
        Instant builtAt,
        List<Section> sections) {

    /** Names the way a proforma is put into words; raised when the same package is worded in another way. */
    public static final String VERSION = "proforma-3";

    public Proforma {
        sections = List.copyOf(sections);
    }

    /** Under one heading; headings are numbered in their order. */
    public record Section(String heading, List<Block> blocks) {

        public Section {
            blocks = List.copyOf(blocks);
        }

        /** Made of letters and hyphens only, to point at it. */
        public String id() {
            return heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "-");
        }
    }

    /** What stands under a heading. */
    public sealed interface Block {}

    /** A heading one step below the section's. */
    public record Subheading(String text) implements Block {}

    /** Text as somebody wrote it; line ends part its paragraphs. */
    public record Text(String text) implements Block {}

    /** What must not be overlooked. */
    public record Notice(String text) implements Block {}

    public record Bullets(List<String> items) implements Block {

        public Bullets {
            items = List.copyOf(items);
        }
    }

    /** Labels and values; a value that is absent has no entry. */
    public record Facts(List<Fact> facts) implements Block {

        public Facts {
            facts = List.copyOf(facts);
        }
    }

    public record Fact(String label, String value) {}

    /** Rows under column headers; the first cell of a row names the row. */
    public record Table(List<String> headers, List<List<String>> rows) implements Block {

        public Table {
            headers = List.copyOf(headers);
            rows = rows.stream().map(List::copyOf).toList();
            int width = headers.size();
            if (rows.stream().anyMatch(row -> row.size() != width)) {
                throw new IllegalArgumentException("a row has as many cells as there are headers");
            }
        }
    }
}
