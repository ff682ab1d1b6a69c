package sallyport.renderings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import sallyport.mappings.proforma.Proforma;
import sallyport.mappings.proforma.Proforma.Block;
import sallyport.mappings.proforma.Proforma.Bullets;
import sallyport.mappings.proforma.Proforma.Fact;
import sallyport.mappings.proforma.Proforma.Facts;
import sallyport.mappings.proforma.Proforma.Notice;
import sallyport.mappings.proforma.Proforma.Section;
import sallyport.mappings.proforma.Proforma.Subheading;
import sallyport.mappings.proforma.Proforma.Table;
import sallyport.mappings.proforma.Proforma.Text;

/**
 * A proforma as a tree of XHTML elements. It is built node by node and never parsed, so a text can be nothing but a text; it has no
 * picture, no link and no form.
 */
final class ProformaPage {

    private static final String STYLE = style();

    /** Characters of a row that surely fit on a page in the narrowest columns there are. */
    private static final int SHORT = 500;

    private static final int LONG = 2_000;

    private final Document document;

    private ProformaPage(Document document) {
        this.document = document;
    }

    static Document of(Proforma proforma) {
        ProformaPage page = new ProformaPage(empty());
        page.write(proforma);
        return page.document;
    }

    private void write(Proforma proforma) {
        Element html = document.createElement("html");
        html.setAttribute("lang", "en-GB");
        document.appendChild(html);
        head(proforma, add(html, "head"));
        Element body = add(html, "body");
        // Out of the flow: they stand on every page and belong to none.
        add(body, "div", "mark-top", proforma.marking());
        add(body, "div", "mark-bottom", proforma.marking());
        add(body, "div", "reference", proforma.reference() + ", version " + proforma.version());
        add(body, "p", "marking", proforma.marking() + " when completed");
        add(body, "h1", "", "Crime in prison referral");
        add(body, "p", "lead", proforma.reference() + ", version " + proforma.version());
        int number = 0;
        for (Section section : proforma.sections()) {
            number++;
            Element heading = add(body, "h2", "", number + ". " + section.heading());
            heading.setAttribute("id", section.id());
            section.blocks().forEach(block -> block(body, block));
        }
        add(body, "p", "end", "End of " + proforma.reference() + ", version " + proforma.version() + ".");
    }

    private void head(Proforma proforma, Element head) {
        add(head, "title", "", proforma.title());
        meta(head, "author", "Sallyport");
        meta(head, "subject", proforma.subject());
        meta(head, "description", proforma.subject());
        add(head, "style", "", "").setTextContent(STYLE);
        Element bookmarks = add(head, "bookmarks");
        int number = 0;
        for (Section section : proforma.sections()) {
            number++;
            Element bookmark = add(bookmarks, "bookmark");
            bookmark.setAttribute("name", number + ". " + section.heading());
            bookmark.setAttribute("href", "#" + section.id());
        }
    }

    private void meta(Element head, String name, String content) {
        Element meta = add(head, "meta");
        meta.setAttribute("name", name);
        meta.setAttribute("content", Typeface.fit(content));
    }

    private void block(Element body, Block block) {
        if (block instanceof Subheading subheading) {
            add(body, "h3", "", subheading.text());
        } else if (block instanceof Text text) {
            paragraphs(body, "", text.text());
        } else if (block instanceof Notice notice) {
            paragraphs(body, "notice", notice.text());
        } else if (block instanceof Bullets bullets) {
            Element list = add(body, "ul");
            bullets.items().forEach(item -> add(list, "li", "", item));
        } else if (block instanceof Facts facts) {
            facts(body, facts.facts());
        } else if (block instanceof Table table) {
            table(body, table);
        }
    }

    /** Long values stand below the table: a cell of many pages is hard to read, and takes the layout minutes. */
    private void facts(Element body, List<Fact> facts) {
        List<Fact> brief =
                facts.stream().filter(fact -> fact.value().length() <= LONG).toList();
        if (!brief.isEmpty()) {
            Element rows = add(add(body, "table", "facts", ""), "tbody");
            brief.forEach(fact -> {
                Element row = row(rows, List.of(fact.label(), fact.value()));
                add(row, "th", "", fact.label()).setAttribute("scope", "row");
                paragraphs(add(row, "td"), "", fact.value());
            });
        }
        facts.stream().filter(fact -> fact.value().length() > LONG).forEach(fact -> {
            add(body, "p", "label", fact.label());
            paragraphs(body, "", fact.value());
        });
    }

    private void table(Element body, Table table) {
        Element element = add(body, "table", "rows", "");
        Element headers = add(add(element, "thead"), "tr");
        table.headers().forEach(header -> add(headers, "th", "", header).setAttribute("scope", "col"));
        Element rows = add(element, "tbody");
        for (List<String> cells : table.rows()) {
            Element row = row(rows, cells);
            Element first = add(row, "th", "", cells.get(0));
            first.setAttribute("scope", "row");
            cells.subList(1, cells.size()).forEach(cell -> paragraphs(add(row, "td"), "", cell));
        }
    }

    /** A short row is kept on one page; to try that with one of many pages takes the layout minutes. */
    private Element row(Element rows, List<String> cells) {
        boolean isShort = cells.stream().mapToInt(String::length).sum() <= SHORT;
        return add(rows, "tr", isShort ? "short" : "", "");
    }

    /** A paragraph for each line that is not blank. */
    private void paragraphs(Element parent, String kind, String text) {
        text.lines().filter(line -> !line.isBlank()).forEach(line -> add(parent, "p", kind, line));
    }

    private Element add(Element parent, String name) {
        Element element = document.createElement(name);
        parent.appendChild(element);
        return element;
    }

    private Element add(Element parent, String name, String kind, String text) {
        Element element = add(parent, name);
        if (!kind.isEmpty()) {
            element.setAttribute("class", kind);
        }
        if (!text.isEmpty()) {
            element.appendChild(document.createTextNode(Typeface.fit(text)));
        }
        return element;
    }

    private static Document empty() {
        try {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().newDocument();
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("every Java platform can make an empty document", e);
        }
    }

    private static String style() {
        try (InputStream in = ProformaPage.class.getResourceAsStream("/sallyport/renderings/proforma.css")) {
            if (in == null) {
                throw new IllegalStateException("no style sheet on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
