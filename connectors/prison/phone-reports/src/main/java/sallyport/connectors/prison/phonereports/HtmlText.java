package sallyport.connectors.prison.phonereports;

import java.util.Locale;
import java.util.Set;
import org.springframework.web.util.HtmlUtils;

/** What a person reads of a mail in HTML: the text, a line for each block of it. Never fails, and takes a time that grows with the text only. */
final class HtmlText {

    private static final Set<String> NEW_LINE = Set.of(
            "br", "p", "div", "tr", "li", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "hr");
    private static final Set<String> UNSEEN = Set.of("script", "style", "head", "title");

    private HtmlText() {}

    static String of(String html) {
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (at < html.length()) {
            int open = html.indexOf('<', at);
            if (open < 0) {
                append(text, html.substring(at));
                break;
            }
            append(text, html.substring(at, open));
            if (html.startsWith("<!--", open)) {
                at = past(html, "-->", open);
                continue;
            }
            int close = html.indexOf('>', open);
            if (close < 0) {
                break;
            }
            String tag = tag(html, open + 1, close);
            if (NEW_LINE.contains(tag) || NEW_LINE.contains(tag.substring(tag.startsWith("/") ? 1 : 0))) {
                text.append('\n');
            } else if (tag.equals("td") || tag.equals("th")) {
                text.append(' ');
            }
            at = UNSEEN.contains(tag) ? end(html, tag, close + 1) : close + 1;
        }
        return HtmlUtils.htmlUnescape(text.toString())
                .replace('\u00a0', ' ')
                .replaceAll("[ \\t]*\\n\\s*", "\n")
                .strip();
    }

    /** White space of the source is one blank. */
    private static void append(StringBuilder text, String words) {
        for (int i = 0; i < words.length(); i++) {
            char c = words.charAt(i);
            boolean blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
            if (!blank) {
                text.append(c);
            } else if (!text.isEmpty()
                    && text.charAt(text.length() - 1) != ' '
                    && text.charAt(text.length() - 1) != '\n') {
                text.append(' ');
            }
        }
    }

    private static String tag(String html, int from, int to) {
        int end = from;
        while (end < to && !Character.isWhitespace(html.charAt(end)) && (end == from || html.charAt(end) != '/')) {
            end++;
        }
        return html.substring(from, end).toLowerCase(Locale.ROOT);
    }

    private static int end(String html, String tag, int from) {
        int at = from;
        while (true) {
            int open = html.indexOf("</", at);
            if (open < 0) {
                return html.length();
            }
            if (html.regionMatches(true, open + 2, tag, 0, tag.length())) {
                return past(html, ">", open);
            }
            at = open + 2;
        }
    }

    private static int past(String html, String what, int from) {
        int found = html.indexOf(what, from);
        return found < 0 ? html.length() : found + what.length();
    }
}
