package sallyport.renderings;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

/**
 * The one typeface of our documents, embedded in each, so that they look the same everywhere; its letters have the widths of Arial.
 * Text is made fit for it: what it has no letter for is written as its Unicode number, so that nothing is left out unseen.
 */
final class Typeface {

    static final String NAME = "Liberation Sans";

    private static final String FOLDER = "/com/mpobjects/jasperreports/fonts/liberation/";
    private static final byte[] REGULAR = load("LiberationSans-Regular.ttf");
    private static final byte[] BOLD = load("LiberationSans-Bold.ttf");
    private static final CmapLookup IN_REGULAR = letters(REGULAR);
    private static final CmapLookup IN_BOLD = letters(BOLD);

    private Typeface() {}

    static InputStream regular() {
        return new ByteArrayInputStream(REGULAR);
    }

    static InputStream bold() {
        return new ByteArrayInputStream(BOLD);
    }

    /**
     * The text in letters of the typeface, left to right. Control and formatting characters, right-to-left scripts and whatever the
     * typeface lacks become {@code [U+202E]}; several of the same in a row are counted. Line ends stay.
     */
    static String fit(String text) {
        String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
        StringBuilder fit = new StringBuilder(composed.length());
        int at = 0;
        while (at < composed.length()) {
            int point = composed.codePointAt(at);
            int next = at + Character.charCount(point);
            if (point == '\n' || point == '\r' || has(point)) {
                fit.appendCodePoint(point);
            } else if (point == '\t') {
                fit.append(' ');
            } else {
                int times = 1;
                while (next < composed.length() && composed.codePointAt(next) == point) {
                    next += Character.charCount(point);
                    times++;
                }
                fit.append("[U+%04X".formatted(point)).append(times == 1 ? "]" : ", " + times + " times]");
            }
            at = next;
        }
        return fit.toString();
    }

    private static boolean has(int point) {
        if (point >= ' ' && point < 0x7F) {
            return true;
        }
        boolean text =
                switch (Character.getType(point)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.PRIVATE_USE,
                            Character.UNASSIGNED,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR -> false;
                    default -> true;
                };
        boolean leftToRight =
                switch (Character.getDirectionality(point)) {
                    case Character.DIRECTIONALITY_RIGHT_TO_LEFT,
                            Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC,
                            Character.DIRECTIONALITY_ARABIC_NUMBER -> false;
                    default -> true;
                };
        return text && leftToRight && IN_REGULAR.getGlyphId(point) != 0 && IN_BOLD.getGlyphId(point) != 0;
    }

    private static CmapLookup letters(byte[] file) {
        try (TrueTypeFont font = new TTFParser().parse(new RandomAccessReadBuffer(file))) {
            return font.getUnicodeCmapLookup();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] load(String file) {
        try (InputStream in = Typeface.class.getResourceAsStream(FOLDER + file)) {
            if (in == null) {
                throw new IllegalStateException("no typeface " + file + " on the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
