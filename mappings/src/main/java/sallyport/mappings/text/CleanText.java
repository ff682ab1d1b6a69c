package sallyport.mappings.text;

/**
 * Text without characters that PostgreSQL, XML or UTF-8 refuse: each becomes U+FFFD and is counted, nothing else changes. Never fails.
 *
 * <p>Replaced are the control characters other than tab, line feed and carriage return, the two non-characters U+FFFE and U+FFFF,
 * and halves of a surrogate pair that stand alone.
 *
 * @param text the text, safe to store and send
 * @param replaced how many characters were replaced
 */
public record CleanText(String text, int replaced) {

    private static final char REPLACEMENT = '\uFFFD';

    public static CleanText clean(String text) {
        int first = firstUnsafe(text, 0);
        if (first < 0) {
            return new CleanText(text, 0);
        }
        StringBuilder clean = new StringBuilder(text.length());
        int from = 0;
        int replaced = 0;
        for (int at = first; at >= 0; at = firstUnsafe(text, from)) {
            clean.append(text, from, at).append(REPLACEMENT);
            replaced++;
            from = at + 1;
        }
        return new CleanText(clean.append(text, from, text.length()).toString(), replaced);
    }

    private static int firstUnsafe(String text, int from) {
        for (int at = from; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c >= ' ' && c < 0x7F) {
                continue;
            }
            if (Character.isHighSurrogate(c)) {
                if (at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1))) {
                    return at;
                }
                at++;
            } else if (Character.isLowSurrogate(c) || isRefused(c)) {
                return at;
            }
        }
        return -1;
    }

    private static boolean isRefused(char c) {
        return (Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t') || c == '\uFFFE' || c == '\uFFFF';
    }
}
